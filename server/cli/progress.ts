import { safe } from "./displayLine.ts";
import { type Host, terminalWidth } from "./host.ts";

/** Milliseconds between two lines: more often is only flicker. */
const OFTEN = 50;

/** How far a long command is: a line on standard error that is written over, and only where that is a terminal. */
export class Progress {
  private readonly host: Host;
  private readonly total: number;
  private done = 0;
  private shown = false;
  private last = 0;
  constructor(host: Host, total: number) {
    this.host = host;
    this.total = host.progress && total > 1 ? total : 0;
  }

  step(name: string): void {
    this.done++;
    if (this.total === 0 || Date.now() - this.last < OFTEN) return;
    this.last = Date.now();
    this.shown = true;
    const line = safe(`inlayer: ${this.done} of ${this.total}, ${name}`).replaceAll("\n", " ");
    this.host.err(`\r\x1b[K${line.slice(0, Math.max(0, terminalWidth(this.host) - 1))}`);
  }
  /** Takes the line away: something else is to be written. */
  clear(): void {
    if (this.shown) this.host.err("\r\x1b[K");
    this.shown = false;
  }
}

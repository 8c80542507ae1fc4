import type { Diagnostic } from "../../core/index.ts";
import type { FileAnalysis } from "../workspace/analyse.ts";
import type { Problem } from "../workspace/document.ts";
import { compare, type Known } from "./baseline.ts";
import { type Host, terminalWidth } from "./host.ts";
import { bySpan, type FileReport, reportDiagnostics, reportFile } from "./json.ts";
import type { CheckOptions } from "./options.ts";
import { createPalette, wantsColour } from "./palette.ts";
import { Reader } from "./reader.ts";
import type { FileTarget } from "./targets.ts";
import { printFile, type TextStyle } from "./text.ts";

/** A file to check; plain data, as its answer is: it may have to be sent to a worker. */
export interface Job {
  readonly target: FileTarget;
  /** What the baseline knows of it. */
  readonly known: readonly Known[];
}
export interface CheckedFile {
  readonly target: FileTarget;
  /** As the JSON has it; another format is only told of its diagnostics. */
  readonly report: FileReport;
  /** The line of the source that each diagnostic begins in. */
  readonly lines: readonly string[];
  /** The source with its hints, where the format is text. */
  readonly text: string | undefined;
  /** How many results are not known. */
  readonly unknown: number;
  /** How many diagnostics the baseline knew, and what it knows in vain. */
  readonly known: number;
  readonly stale: readonly Known[];
}
export type Checked = CheckedFile | (Problem & { readonly target: FileTarget });

/** Checks file after file, and says of each what is printed of it. */
export class Checker {
  private readonly options: CheckOptions;
  private readonly reader: Reader;
  private readonly style: TextStyle;
  constructor(host: Host, options: CheckOptions, targets: readonly FileTarget[]) {
    this.options = options;
    // Where nobody is told of fixes none are tried, which is most of the time.
    const fixes = options.writeBaseline || ["concise", "github", "junit"].includes(options.format) ? false : undefined;
    this.reader = new Reader(host, { ...options, fixes });
    for (const target of targets) this.reader.name(target);
    const palette = createPalette(wantsColour(options.color, host.terminal.present, host.environment));
    const width = host.terminal.present ? terminalWidth(host) : undefined;
    this.style = { palette, width, nameOf: (path) => path };
  }

  /** Never rejects. */
  async check({ target, known }: Job): Promise<Checked> {
    const read = await this.reader.read(target);
    return "problem" in read ? { ...read, target } : this.checked(target, read, known);
  }

  private checked(target: FileTarget, read: FileAnalysis, known: readonly Known[]): CheckedFile {
    const nameOf = (path: string) => this.reader.nameOf(path, target.name);
    const lineOf = ({ span }: Diagnostic) => lineAt(read, span.start);
    const compared = compare(read.analysis.diagnostics, lineOf, known);
    const fresh = { ...read, analysis: { ...read.analysis, diagnostics: compared.fresh } };
    const { format, writeBaseline } = this.options;
    const isText = format === "text" && !writeBaseline;
    return {
      target,
      report: format === "json" ? reportFile(fresh, nameOf) : reportDiagnostics(fresh, nameOf),
      lines: compared.fresh.toSorted(bySpan).map(lineOf),
      text: isText ? printFile(fresh, { ...this.style, nameOf }) : undefined,
      unknown: read.analysis.unknowns.length,
      known: compared.known,
      stale: compared.stale,
    };
  }
}

function lineAt({ analysis, documents }: FileAnalysis, offset: number): string {
  const parts = documents.get(analysis.path)?.parts ?? [];
  const part = parts.findLast(({ start }) => start <= offset) ?? parts[0];
  if (part === undefined) return "";
  const { line } = part.lines.positionAt(offset - part.start);
  const [start, end] = [line, line + 1].map((it) => part.lines.offsetAt({ line: it, column: 1 }));
  return part.text.slice(start, end).replace(/[\r\n]+$/, "");
}

import type { Verdict } from "./agreement.ts";
import { printTable, share } from "./table.ts";

/** How many models of each group are what Keras has. A model that is not found counts as unknown. */
export class Tally {
  private readonly title: string;
  private readonly groups = new Map<string, Record<Verdict | "crash", number>>();
  constructor(title: string) {
    this.title = title;
  }

  /** Counts it; what is not exact is printed at once. */
  add(group: string, model: string, verdict: Verdict | "crash", where: string): void {
    const counts = this.groups.get(group) ?? { exact: 0, unknown: 0, wrong: 0, crash: 0 };
    this.groups.set(group, counts);
    counts[verdict]++;
    if (verdict !== "exact")
      console.log(`${verdict.padEnd(8)}${group}: ${model.slice(0, 90)}\n        ${where.slice(0, 300)}`);
  }

  /** Prints the table; true where nothing crashed and nothing is wrong. */
  print(): boolean {
    const rows = [...this.groups].map(([group, it]) => [group, it.exact, it.unknown, it.wrong, it.crash]);
    const sum = (verdict: Verdict | "crash") => [...this.groups.values()].reduce((n, it) => n + it[verdict], 0);
    const [exact, unknown, wrong, crash] = [sum("exact"), sum("unknown"), sum("wrong"), sum("crash")];
    const all = ["in all", exact, unknown, wrong, crash];
    console.log(`\n${printTable([this.title, "exact", "unknown", "wrong", "crash"], [...rows, all])}`);
    console.log(`${share(exact, exact + unknown + wrong + crash)} exact\n`);
    return wrong === 0 && crash === 0;
  }
}

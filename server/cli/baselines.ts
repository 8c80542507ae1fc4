import { relative } from "node:path";
import { Baseline, type Known } from "./baseline.ts";
import type { CheckedFile } from "./checkFile.ts";
import { safe } from "./displayLine.ts";
import type { Host } from "./host.ts";

type Problem = { readonly problem: string };

/** The baselines of all projects that a check is about. */
export class Baselines {
  private readonly host: Host;
  private readonly writes: boolean;
  private readonly read = new Map<string, Promise<Baseline | Problem>>();
  /** By the files that were checked. */
  private readonly of = new Map<string, Baseline>();
  constructor(host: Host, writes: boolean) {
    this.host = host;
    this.writes = writes;
  }

  get any(): boolean {
    return this.of.size > 0;
  }

  /** What a file's baseline knows of it; nothing where that is to be found out anew. */
  async knownOf(file: string, path: string | undefined): Promise<{ readonly known: readonly Known[] } | Problem> {
    if (path === undefined) return { known: [] };
    const reading = this.read.get(path) ?? this.open(path);
    this.read.set(path, reading);
    const baseline = await reading;
    if ("problem" in baseline) return baseline;
    this.of.set(file, baseline);
    return { known: this.writes ? [] : baseline.knownOf(file) };
  }
  private async open(path: string): Promise<Baseline | Problem> {
    const { files } = this.host;
    const kind = await files.kind(path).catch(() => "other" as const);
    if (kind !== undefined) return Baseline.read(files, path);
    return this.writes ? new Baseline(path) : { problem: "no such baseline; --write-baseline makes it" };
  }

  /** False where one could not be written. */
  async write(checked: readonly CheckedFile[]): Promise<boolean> {
    let isWritten = true;
    for (const baseline of new Set(this.of.values())) {
      const found = new Map<string, readonly Known[]>();
      for (const { target, report, lines } of checked) {
        if (this.of.get(target.path) !== baseline) continue;
        const known = report.diagnostics.map(({ code }, i) => ({ code, line: lines[i] ?? "", count: 1 }));
        found.set(target.path, known);
      }
      const text = baseline.with(found, await this.goneOf(baseline));
      const count = [...found.values()].flat().length;
      const name = this.nameOf(baseline);
      try {
        await this.host.write(baseline.path, new TextEncoder().encode(text));
        this.host.err(`inlayer: ${name} knows ${count} of ${found.size} ${found.size === 1 ? "file" : "files"}\n`);
      } catch {
        isWritten = false;
        this.host.err(`inlayer: ${name}: it cannot be written\n`);
      }
    }
    return isWritten;
  }

  /** Says what baselines know in vain: it was mended, or its line is another one now. */
  async tellStale(checked: readonly CheckedFile[]): Promise<void> {
    const stale = new Map<Baseline, string[]>();
    const add = (baseline: Baseline, line: string) => stale.set(baseline, [...(stale.get(baseline) ?? []), line]);
    for (const it of checked) {
      const baseline = this.of.get(it.target.path);
      if (baseline === undefined) continue;
      for (const { code, line, count } of it.stale)
        add(baseline, `${it.report.path}: ${code}${count > 1 ? ` (${count} times)` : ""}: ${line}`);
    }
    for (const baseline of new Set(this.of.values()))
      for (const file of await this.goneOf(baseline))
        add(baseline, `${relative(this.host.cwd, file)}: there is no such file any more`);
    for (const [baseline, lines] of stale) {
      const what = `${this.nameOf(baseline)} knows what is not found any more; --write-baseline takes it out`;
      this.host.err(`inlayer: ${[what, ...lines.map((it) => `  ${it}`)].map(safe).join("\n")}\n`);
    }
  }

  private async goneOf(baseline: Baseline): Promise<ReadonlySet<string>> {
    const gone = new Set<string>();
    for (const file of baseline.files)
      if ((await this.host.files.kind(file).catch(() => "other")) === undefined) gone.add(file);
    return gone;
  }
  private nameOf({ path }: Baseline): string {
    return safe(relative(this.host.cwd, path));
  }
}

import type { Module, Node } from "../python/syntax.ts";
import { executeModule } from "./execute.ts";
import { Ledger } from "./ledger.ts";
import type { Machine } from "./machine.ts";
import { type Observation, observations, type Program, type Run } from "./record.ts";
import { isAllEntered } from "./uncalled.ts";

/**
 * Runs other programs of the project that import the file that is analysed, for what they call of it and it does not
 * call itself. Each is a program of its own, from nothing; what it sees in this file is kept, and nothing else.
 */

/** So many programs run, the likeliest first, as long as something of the file is uncalled. */
const MOST_PROGRAMS = 3;
/** Evaluated expressions in one of them. */
const PROGRAM_STEPS = 200_000;

export function runImporters(m: Machine, module: Module): void {
  let programs = 0;
  for (const path of m.loader.importers(m.entry)) {
    const found = m.loader.file(path);
    if (found.kind !== "module") continue;
    m.keep(seenHere(m.entry, path, programRun(m, path, found.module)));
    if (++programs >= MOST_PROGRAMS || isAllEntered(m, module)) return;
  }
}

/** One object for each program, so that its run is remembered as a statement's is. */
const units = new WeakMap<Machine, Map<string, Node>>();

function programRun(m: Machine, path: string, module: Module): Run {
  const known = units.get(m) ?? new Map<string, Node>();
  units.set(m, known);
  const unit = known.get(path) ?? { id: 0, span: { start: 0, end: 0 } };
  known.set(path, unit);
  const text = m.named(`text of ${path}`);
  m.provide(text, module);
  return m.asProgram(path, PROGRAM_STEPS, () =>
    m.unit(unit, () => {
      m.demand(text, module);
      executeModule(m, module);
      m.note = undefined;
      // A bound that was met is met again: the run is remembered all the same.
      m.bound = Number.POSITIVE_INFINITY;
      return {};
    }),
  );
}

/** What a program saw in one file, and the code that it entered. */
class Part extends Ledger {
  private readonly whole: Run["did"];
  constructor(whole: Run["did"], seen: readonly Observation[]) {
    super();
    this.whole = whole;
    this.seen.push(...seen);
  }
  override addEntered(ids: Set<number>): void {
    this.whole.addEntered(ids);
  }
}
const parts = new WeakMap<Run, Run>();

function seenHere(entry: string, path: string, run: Run): Run {
  const known = parts.get(run);
  if (known !== undefined) return known;
  const program: Program = { path, state: run.after };
  const seen = observations(run.did.seen).flatMap((it): readonly Observation[] => {
    if (it.kind === "value") return it.place.path === entry ? [{ ...it, program }] : [];
    if (it.kind === "mark") return [{ ...it, program }];
    // What goes wrong here in that program is wrong here; what it only may do is said where it stands.
    return it.kind === "fault" && it.fault.severity === "error" && it.fault.place.path === entry ? [it] : [];
  });
  const made: Run = { ...run, did: new Part(run.did, seen) };
  parts.set(run, made);
  return made;
}

import type { Node } from "../python/syntax.ts";
import { Raised } from "./exits.ts";
import { Ledger } from "./ledger.ts";
import type { Machine } from "./machine.ts";
import {
  type Finding,
  FOUND,
  type Found,
  PARAMETER,
  type Reading,
  type ReadParameter,
  type Supposition,
} from "./reading.ts";
import { type Fault, type Observation, observations, type Run } from "./record.ts";
import { type Context, childContext } from "./scope.ts";
import type { Place } from "./values.ts";

/** A function or a class that is read by itself. */
export interface Subject {
  /** The id of its definition. */
  readonly id: number;
  readonly name: string;
  readonly statement: Node;
  /** All that decides how it is read, but neither stands in the heap nor is code. */
  readonly given: string;
}

/** So often a reading is begun again with what was found of the parameters; mostly two or three are enough. */
const MOST_ROUNDS = 8;
/** Evaluated expressions in one round. */
const ROUND_STEPS = 30_000;

/** What one reading was made under; kept with its context, so that what was remembered is about the same object. */
const readings = new WeakMap<Context, Reading>();
/** One object for each subject, so that its reading is remembered as a statement's run is. */
const units = new WeakMap<Machine, Map<number, Node>>();

function unitOf(m: Machine, { id }: Subject): Node {
  const known = units.get(m) ?? new Map<number, Node>();
  units.set(m, known);
  const unit = known.get(id) ?? { id, span: { start: 0, end: 0 } };
  known.set(id, unit);
  return unit;
}

type Suppositions = Pick<Reading, "supposed" | "names" | "changed">;
const NOTHING: Suppositions = { supposed: new Map(), names: new Map(), changed: new Set() };

interface Settled {
  readonly run: Run;
  readonly reading: Reading;
  readonly steps: number;
}

/**
 * Reads a function again and again, each time with what was found of its parameters, until nothing new is found, and
 * keeps what the last round saw. Where flags have defaults it is read once more with either value of them: of that only
 * the hints are kept that stand where the flags' defaults did not lead. Gives the steps that it all took.
 */
export function readInRounds(m: Machine, subject: Subject, body: () => void): number {
  const main = settle(m, subject, body, NOTHING, false);
  m.keep(main.run);
  const flags = main.reading.parameters.some(({ default: it }) => it?.kind === "bool" || it?.kind === "none");
  if (!flags) return main.steps;
  const wide = settle(m, subject, body, main.reading, true);
  m.keep(elsewhere(wide.run, main.run));
  return main.steps + wide.steps;
}

function settle(m: Machine, subject: Subject, body: () => void, from: Suppositions, isWide: boolean): Settled {
  let suppositions = from;
  let steps = 0;
  for (let i = 1; ; i++) {
    const key = `${isWide ? "widely" : "read"} ${subject.id} ${subject.given} ${keyOf(suppositions)}`;
    const context = childContext(m.context, key, undefined);
    const { supposed, names, changed } = suppositions;
    const { name, id: statement } = subject;
    const made: Reading = { name, statement, isWide, parameters: [], supposed, names, changed, state: undefined };
    const reading = readings.get(context) ?? made;
    readings.set(context, reading);
    const run = once(m, subject, context, reading, body);
    reading.parameters = parametersOf(run);
    steps += run.steps;
    const next = i < MOST_ROUNDS ? refined(reading, run) : undefined;
    if (next === undefined) {
      reading.state = run.after;
      return { run, reading, steps };
    }
    suppositions = next;
  }
}

const parameters = new WeakMap<Run["did"], readonly ReadParameter[]>();
/** What a run gave values to, one for each path; the same list for the same run. */
function parametersOf({ did }: Run): readonly ReadParameter[] {
  const known = parameters.get(did);
  if (known !== undefined) return known;
  const byPath = new Map<string, ReadParameter>();
  for (const it of observations(did.seen)) {
    if (it.kind !== "mark" || it.type !== PARAMETER) continue;
    const parameter = it.data as ReadParameter;
    if (!byPath.has(parameter.path)) byPath.set(parameter.path, parameter);
  }
  const made = [...byPath.values()];
  parameters.set(did, made);
  return made;
}

class Seen extends Ledger {
  constructor(seen: readonly Observation[]) {
    super();
    this.seen.push(...seen);
  }
}
const partial = new WeakMap<Run, { readonly main: Run; readonly made: Run }>();

/** What a run saw in the function itself where `main` saw nothing. */
function elsewhere(wide: Run, main: Run): Run {
  const known = partial.get(wide);
  if (known?.main === main) return known.made;
  const keyed = ({ statement, span }: Place) => `${statement} ${span.start} ${span.end}`;
  const seen = new Set(observations(main.did.seen).flatMap((it) => (it.kind === "value" ? [keyed(it.place)] : [])));
  const more = observations(wide.did.seen).filter(
    (it) => it.kind === "value" && it.callers.length === 0 && !seen.has(keyed(it.place)),
  );
  const made: Run = { ...wide, did: new Seen(more) };
  partial.set(wide, { main, made });
  return made;
}

/** What is wrong whatever the parameters are: what is found while nothing at all is known of them. */
export function faultsOf(m: Machine, subject: Subject, body: () => void): readonly Fault[] {
  const context = childContext(m.context, `certain ${subject.id} ${subject.given}`, undefined);
  const strictly = () => {
    m.isStrict = true;
    try {
      body();
    } finally {
      m.isStrict = false;
    }
  };
  const run = once(m, subject, context, undefined, strictly);
  return observations(run.did.seen).flatMap((it) =>
    it.kind === "fault" && it.fault.severity === "error" ? [it.fault] : [],
  );
}

const once = (m: Machine, subject: Subject, context: Context, reading: Reading | undefined, body: () => void): Run =>
  m.readApart(reading, ROUND_STEPS, () =>
    m.within(context, m.scope, m.path, () =>
      m.unit(
        unitOf(m, subject),
        () => {
          try {
            body();
          } catch (thrown) {
            if (!(thrown instanceof Raised)) throw thrown;
          }
          m.note = undefined;
          // A bound that was met is met again: the run is remembered all the same.
          m.bound = Number.POSITIVE_INFINITY;
          return {};
        },
        subject.statement,
      ),
    ),
  );

function keyOf({ supposed, names, changed }: Suppositions): string {
  const detail = (it: Supposition) =>
    it.kind === "sequence" ? it.length : it.kind === "tensor" && it.isWeak === true ? 1 : 0;
  const all = [...supposed].map(([path, it]) => [path, it.kind, detail(it)]);
  return JSON.stringify([all, [...names], [...changed]]);
}

/** The suppositions with what a round has found; undefined where that is nothing new. */
function refined(reading: Reading, run: Run): Suppositions | undefined {
  const supposed = new Map(reading.supposed);
  const names = new Map(reading.names);
  const changed = new Set(reading.changed);
  for (const it of observations(run.did.seen)) {
    if (it.kind !== "mark" || it.type !== FOUND) continue;
    const { path, finding } = it.data as Found;
    if (finding.kind === "changed") changed.add(path);
    else if (finding.kind === "named") {
      if (!names.has(path) && !isParameter(reading, path)) names.set(path, finding.name);
    } else {
      const supposition = supposedBy(reading, supposed.get(path), path, finding);
      if (supposition !== undefined) supposed.set(path, supposition);
    }
  }
  const next = { supposed, names, changed };
  return keyOf(next) === keyOf(reading) ? undefined : next;
}

const isParameter = ({ parameters }: Reading, path: string): boolean => parameters.some((it) => it.path === path);

/** What a parameter is taken for from now on; undefined where nothing changes. */
function supposedBy(
  { parameters }: Reading,
  already: Supposition | undefined,
  path: string,
  finding: Exclude<Finding, { kind: "named" | "changed" }>,
): Supposition | undefined {
  const parameter = parameters.find((it) => it.path === path);
  if (finding.kind === "number") {
    return parameter?.default === undefined || already?.kind === "default" ? undefined : { kind: "default" };
  }
  if (parameter?.first !== undefined) return undefined;
  const isWeak = already?.kind === "tensor" && already.isWeak === true;
  const isNews = already === undefined || (isWeak && !(finding.kind === "tensor" && finding.isWeak === true));
  return isNews ? finding : undefined;
}

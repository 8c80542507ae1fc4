import type { Outputs } from "../analysis.ts";
import type { Expression, Node } from "../python/syntax.ts";
import { Codes } from "./codes.ts";
import type { Exits } from "./exits.ts";
import type { Framework } from "./framework.ts";
import { Ledger } from "./ledger.ts";
import { AGAIN, LIMITS, type Limits, Paused } from "./limits.ts";
import type { Loader } from "./loader.ts";
import { Calls } from "./memo.ts";
import { rebased, stands } from "./memory.ts";
import { type Guards, NO_GUARDS, raised } from "./raising.ts";
import type { Reading } from "./reading.ts";
import type { Fault, Note, Observation, Run } from "./record.ts";
import { type Context, childContext, EVERY_NAME, type Scope } from "./scope.ts";
import type { Tracer } from "./trace.ts";
import { type Place, reasonOf, type Value } from "./values.ts";

/**
 * A pause waits until so many times what was evaluated since the last one outweighs what had to be taken over to come
 * there again: else a long program would come forward a statement at a time.
 */
const AHEAD = 4;
/** Steps: what is kept of a statement's run is work as well. */
const KEEPING = 8;

interface Outcome {
  readonly exits?: Exits | undefined;
  readonly result?: Value | undefined;
}

/**
 * The state of one evaluation and the memory of earlier ones. Everything that a program can change is in `state`, a
 * persistent map: a snapshot costs nothing. Evaluation is synchronous and can be dropped at any statement's end,
 * because every finished statement's run is remembered and is found again as long as its text, its context and the
 * state before it are the same (`unit`). That is also how an edit restarts where the text changed, at any depth, and
 * how it stops where the state is as it was.
 */
export class Machine extends Codes {
  scope: Scope;
  path: string;
  /** The file that is analysed: the one whose `__name__` is `"__main__"`. */
  entry = "";
  /** The context that its modules are in. */
  private modules = this.root;
  private program = this.root;
  /** The expression whose call is being made. */
  site: Expression | undefined;
  /** What the native that was called last says it was. */
  note: Note | undefined;
  /** Inside a `try` that has handlers: what raises is caught. */
  guarded = 0;
  /** What the `try`s around would catch. */
  guards: Guards = NO_GUARDS;
  /** Where a fault is blamed instead of at the present call: the layer that a Sequential is just calling. */
  blame: Place | undefined;
  /** A model that was built runs again: what its layers are was said then. */
  quiet = 0;
  /** Numbers that were drawn at random. */
  draws = 0;
  /** Inside a call that a framework traces: an axis of any size is `None` there, and what needs a number raises. */
  tracing = 0;
  /** Told of what runs; nothing is remembered or taken over from memory while there is one. */
  tracer: Tracer | undefined;
  /** What was made before is made again, of what there was then. */
  isRemaking = false;
  /** Inside a branch that may not run. */
  conditional = 0;
  /** Behind a way out that may have been taken, where that does not make what follows conditional. */
  left = 0;
  /** The same where the generator that is running was begun. */
  begun = 0;
  /** The rounds of the loops that are being unrolled, multiplied: as a power of two. */
  nesting = 0;
  /** At a statement after which nothing runs, and which cannot be read: what it may do is done to nobody. */
  ending = false;
  steps = 0;
  /** Only what is certain to happen is a fault: not what stands behind a way out that may be taken. */
  isStrict = false;
  /** A function that nobody calls and that is read by itself. */
  reading: Reading | undefined;
  /** Where a part of the work has a bound of its own: what `steps` may come to. */
  bound: number;
  readonly limits: Limits;
  readonly frameworks: readonly Framework[];
  readonly loader: Loader;

  calls = new Calls();
  private readonly initial = this.state;
  /** Statements evaluated and taken over since the last pause. */
  private evaluations = 0;
  private replays = 0;
  private pause: () => boolean = () => false;

  constructor(frameworks: readonly Framework[], loader: Loader, limits: Limits = LIMITS) {
    super();
    this.frameworks = frameworks;
    this.loader = loader;
    this.limits = limits;
    this.bound = limits.steps;
    this.path = "";
    this.scope = this.scopeOf(this.root, "module", undefined);
  }

  /** Starts an analysis from nothing but what is remembered. `pause` is asked after each newly evaluated statement. */
  begin(path: string, pause: () => boolean): void {
    this.state = this.initial;
    this.program = childContext(this.root, `module ${path}`, undefined);
    this.context = this.program;
    this.path = path;
    this.entry = path;
    this.scope = this.scopeOf(this.context, "module", undefined);
    this.steps = 0;
    this.reading = undefined;
    this.bound = this.limits.steps;
    this.ledger = new Ledger(true);
    this.calls = new Calls();
    this.pause = pause;
    this.resume();
  }
  /** Goes on after a pause, or begins, outside of everything. */
  resume(): void {
    const nowhere = { site: undefined, note: undefined, blame: undefined, guards: NO_GUARDS, ending: false };
    const noDoubt = { guarded: 0, conditional: 0, left: 0, quiet: 0, tracing: 0, nesting: 0 };
    Object.assign(this, nowhere, noDoubt, { evaluations: 0, replays: 0 });
  }
  /** Runs `body`; where it is paused, it is taken back, and can be run again. */
  anew<T>(body: () => T): T {
    const { state, steps, ledger } = this;
    const mark = ledger.mark;
    try {
      return body();
    } catch (thrown) {
      if (thrown instanceof Paused) {
        Object.assign(this, { state, steps });
        ledger.backTo(mark);
      }
      throw thrown;
    }
  }

  /**
   * Runs `body` as if it stood at the program's end, and tells `tracer` of what runs. Nothing of it stays: neither
   * what it changed nor what it saw.
   */
  aside<T>(tracer: Tracer, body: () => T): T {
    const { state, ledger, steps, note, quiet, frame } = this;
    Object.assign(this, { ledger: new Ledger(), steps: 0, tracer, quiet: quiet + 1 });
    this.frame = { ...frame, allocated: 0, called: 0 };
    const context = childContext(this.root, "aside", undefined);
    try {
      return this.within(context, this.scope, this.path, body);
    } finally {
      Object.assign(this, { state, ledger, steps, note, quiet, frame });
      this.tracer = undefined;
    }
  }

  /** Says that the generator that is running yields here. */
  yields(at?: Place): void {
    this.ledger.yields.push({ state: this.state, certain: this.conditional === this.begun, at });
  }
  /** Runs `body` as if it stood at the program's end. Nothing of it stays but what `keep` is given. */
  readApart<T>(reading: Reading | undefined, steps: number, body: () => T): T {
    const { state, ledger, note, site, steps: taken, bound } = this;
    Object.assign(this, { ledger: new Ledger(), note: undefined, site: undefined, reading });
    Object.assign(this, { ending: false, bound: taken + steps });
    try {
      return body();
    } finally {
      Object.assign(this, { state, ledger, note, site, reading: undefined, steps: taken, bound });
    }
  }
  /** Runs `body` as a program of its own, that in the file at `path`. Nothing of it stays but what `keep` is given. */
  asProgram<T>(path: string, steps: number, body: () => T): T {
    const { entry, modules, calls } = this;
    const context = childContext(this.root, `program ${path}`, undefined);
    return this.readApart(undefined, steps, () => {
      Object.assign(this, { entry: path, modules: context, calls: new Calls(), state: this.initial });
      try {
        return this.within(context, this.scope, path, () =>
          this.within(context, this.scopeOf(context, "module", undefined), path, body),
        );
      } finally {
        Object.assign(this, { entry, modules, calls });
      }
    });
  }
  /** Takes over what a run saw that was made apart. */
  keep(run: Run): void {
    this.ledger.take(run);
  }
  /** What the analysis saw, so far. */
  get record(): readonly (Observation | Run)[] {
    return this.ledger.seen;
  }
  /** The runs of the module's statements, so far. */
  get ran(): readonly Run[] {
    return this.ledger.inner;
  }
  /** Ends the evaluation here. */
  exhaust(): void {
    this.steps = Math.max(this.steps, this.bound + 1);
  }
  get exhausted(): boolean {
    return this.steps > this.bound;
  }

  // ---- scopes and contexts
  // -------------------------------------------------------------------------------------------

  scopeOf(context: Context, kind: Scope["kind"], parent: Scope | undefined): Scope {
    if (context.scope !== undefined && context.scope.parent === parent) return context.scope;
    const { path } = this;
    context.scope = { id: this.identities++, kind, path, parent, cells: new Map(), redirected: new Map() };
    return context.scope;
  }
  cell(scope: Scope, name: string): number {
    const known = scope.cells.get(name);
    if (known !== undefined) return known;
    const id = this.identities++;
    scope.cells.set(name, id);
    const every = scope.cells.get(EVERY_NAME);
    if (every !== undefined && name !== EVERY_NAME) this.write(every, { kind: "int", size: id });
    return id;
  }
  /** The context of the next call that the present statement makes. */
  callContext(code: number): Context {
    const key = `${this.frame.unit}.${this.frame.called++}.${code}`;
    const { site } = this;
    return childContext(this.context, key, site === undefined ? undefined : this.place(site), true, code);
  }
  /** Of a module that is imported, or of what it calls: the program itself stands still. */
  get isImporting(): boolean {
    let { context } = this;
    while (context.parent?.parent !== undefined) context = context.parent;
    return context !== this.program;
  }
  moduleContext(path: string): Context {
    return childContext(this.modules, `module ${path}`, undefined);
  }
  /** Runs `body` in another context and scope, and comes back whatever happens. */
  within<T>(context: Context, scope: Scope, path: string, body: () => T): T {
    const { context: c, scope: s, path: p, site, frame, ending } = this;
    this.context = context;
    this.scope = scope;
    this.path = path;
    this.ending = false;
    try {
      return body();
    } finally {
      this.context = c;
      this.scope = s;
      this.path = p;
      this.site = site;
      this.frame = frame;
      this.ending = ending;
    }
  }
  /** Runs `body` as one round of a loop that has `count` of them. */
  round<T>(loop: Node, index: number | string, body: () => T, count = 1): T {
    const { context, nesting } = this;
    this.context = childContext(context, `${loop.id}:${index}`, undefined);
    this.nesting += Math.ceil(Math.log2(count));
    try {
      return body();
    } finally {
      this.context = context;
      this.nesting = nesting;
    }
  }

  // ---- data and units
  // ------------------------------------------------------------------------------------------------

  /** The beginning of a file that the program reads; undefined where there is none. */
  dataFile(
    name: string,
    kind: "data" | "model" = "data",
  ): { readonly text: string; readonly whole: boolean } | "pending" | undefined {
    const found = this.loader.data(this.entry, name, kind);
    this.demand(this.named(`${kind} ${name} from ${this.entry}`), found.token);
    return found.kind === "data" ? found : found.kind === "pending" ? "pending" : undefined;
  }

  /**
   * Evaluates `body`, or finds that the same text was evaluated in this context before, from a state in which all that
   * it read was the same, and takes its outcome over.
   */
  unit<N extends Node>(node: N, body: (m: Machine, node: N) => Outcome, statement: Node = node): Run {
    const runs = this.tracer === undefined ? this.memory.runsOf(node) : undefined;
    const known = runs?.get(this.context);
    if (runs !== undefined && known !== undefined && this.holds(known)) return this.replay(known, runs);
    this.steps += KEEPING;
    const run = this.evaluated(node, body, statement);
    this.ledger.take(run);
    if (runs === undefined) return run;
    if (!this.exhausted) runs.set(this.context, run);
    this.evaluations++;
    if (this.evaluations * AHEAD > this.replays && this.pause()) throw new Paused();
    return run;
  }
  private evaluated<N extends Node>(node: N, body: (m: Machine, node: N) => Outcome, statement: Node): Run {
    const { state: before, ledger: outer, steps, frame, site, note, context, scope } = this;
    const did = new Ledger();
    this.ledger = did;
    this.frame = { unit: node.id, statement, allocated: 0, called: 0 };
    let isWhole = false;
    try {
      const { exits, result } = body(this, node);
      const { mode, state: after } = this;
      did.close(before, after, exits);
      isWhole = true;
      const yields = did.yields.length > 0 ? did.yields : undefined;
      const taken = this.steps - steps;
      return { node: node.id, context, scope, mode, before, after, exits, result, yields, steps: taken, did };
    } finally {
      this.ledger = outer;
      this.frame = frame;
      this.site = site;
      this.note = note;
      if (!isWhole) outer.absorb(did);
    }
  }
  private holds({ did, before, mode, scope }: Run): boolean {
    if (mode !== this.mode || scope !== this.scope) return false;
    for (const { id, node } of did.entered) if (this.codes.get(id) !== node) return false;
    return stands(did.reads, before, this.state);
  }
  private replay(known: Run, runs: Map<Context, Run>): Run {
    const run = known.before === this.state ? known : rebased(known, this.state);
    if (run !== known) runs.set(this.context, run);
    this.state = run.after;
    // As many as its evaluation took, so that a bound is met where it is met without memory.
    this.steps += run.steps + KEEPING;
    this.replays++;
    this.ledger.take(run);
    return run;
  }

  /** What runs now runs for so many doubts that what calls itself here may do so without end. */
  get isUncounted(): boolean {
    return this.conditional + this.left >= AGAIN;
  }
  /** States are joined where a branch or a round may or may not have run. */
  noteJoin(): void {
    this.ledger.joined = true;
  }
  /** What else decides what is said: faults that are caught, may not happen or were said; and how far loops unroll. */
  get mode(): number {
    const { guarded, conditional, quiet, tracing, ending, nesting, guards } = this;
    const flags = (guarded > 0 ? 1 : 0) + (conditional > 0 ? 2 : 0) + (quiet > 0 ? 4 : 0) + (tracing > 0 ? 8 : 0);
    return flags + (ending ? 16 : 0) + (this.isUncounted ? 32 : 0) + nesting * 64 + guards.id * 131_072;
  }

  // ---- what is seen
  // --------------------------------------------------------------------------------------------------

  place(node: { readonly span: Place["span"] }): Place {
    return { path: this.path, statement: this.frame.statement.id, span: node.span };
  }
  get statement(): Node {
    return this.frame.statement;
  }
  /** The call that is being made, or else the statement. */
  get here(): Place {
    return this.place(this.site ?? this.frame.statement);
  }
  observe(place: Place, outputs: Outputs, note: Note, callers: readonly Place[] = this.context.callers): void {
    const { reading } = this;
    // What a reading makes itself stands nowhere in the text.
    if (reading?.statement === place.statement && place.span.start === 0) return;
    this.ledger.seen.push({ kind: "value", place, callers, outputs, note, reading });
  }
  doubt(place: Place, value: Value): void {
    const reason = reasonOf(value);
    if (reason !== undefined) this.ledger.seen.push({ kind: "unknown", place, reason });
  }
  mark(type: string, data: object, place: Place = this.here): void {
    const { reading } = this;
    this.ledger.seen.push({ kind: "mark", type, place, data, reading });
  }
  /** What is caught is no fault: its handler runs. What stands in a branch that may not run is a warning at most. */
  report(fault: Fault): void {
    const isConditional = fault.severity === "error" && this.conditional > 0;
    // What holds under suppositions only is no fault.
    if (this.reading !== undefined) return;
    if (fault.severity === "error" && this.guarded > 0) {
      if (!isConditional) raised(this, "ValueError", fault.message);
      return;
    }
    const severity = isConditional ? "warning" : fault.severity;
    const isHere = fault.place.statement === this.frame.statement.id && fault.place.path === this.path;
    const callers = isHere ? this.context.callers : undefined;
    this.ledger.seen.push({ kind: "fault", fault: { ...fault, severity, callers, isConditional } });
  }
}

import type { Outputs } from "../analysis.ts";
import type { Expression, Node } from "../python/syntax.ts";
import type { Exits } from "./exits.ts";
import type { Framework } from "./framework.ts";
import { type HeapEntry, type HeapObject, type State, same } from "./heap.ts";
import { Ledger } from "./ledger.ts";
import type { Loader } from "./loader.ts";
import { type Derivation, Memory, rebased, stands } from "./memory.ts";
import { Persistent } from "./persistent.ts";
import type { Fault, Note, Observation, Run } from "./record.ts";
import { type Context, childContext, rootContext, type Scope } from "./scope.ts";
import type { Tracer } from "./trace.ts";
import { type Code, type Place, reasonOf, type Value } from "./values.ts";

/** Thrown out of the evaluation when the host asks for a pause; what was finished by then is found again at once. */
export class Paused extends Error {}

export interface Limits {
  /** Evaluated expressions in one analysis. */
  readonly steps: number;
  /** Calls inside calls. */
  readonly depth: number;
}
export const LIMITS: Limits = { steps: 3_000_000, depth: 60 };

interface Outcome {
  readonly exits?: Exits | undefined;
  readonly result?: Value | undefined;
}

/**
 * One statement's own doings: what it allocates and calls is numbered, so that identities do not depend on other text.
 */
interface Frame {
  /** What allocations and calls are numbered within. */
  readonly unit: number;
  /** The statement that spans are relative to: the unit itself, or the statement around a round of a comprehension. */
  readonly statement: Node;
  allocated: number;
  called: number;
}

/**
 * The state of one evaluation and the memory of earlier ones. Everything that a program can change is in `state`, a
 * persistent map: a snapshot costs nothing. Evaluation is synchronous and can be dropped at any statement's end,
 * because every finished statement's run is remembered and is found again as long as its text, its context and the
 * state before it are the same (`unit`). That is also how an edit restarts where the text changed, at any depth, and
 * how it stops where the state is as it was.
 */
export class Machine {
  state: State = Persistent.empty<HeapEntry>();
  context: Context;
  scope: Scope;
  path: string;
  /** The file that is analysed: the one whose `__name__` is `"__main__"`. */
  entry = "";
  /** The expression whose call is being made. */
  site: Expression | undefined;
  /** What the native that was called last says it was. */
  note: Note | undefined;
  /** Inside a `try` that has handlers: what raises is caught. */
  guarded = 0;
  /** Where a fault is blamed instead of at the present call: the layer that a Sequential is just calling. */
  blame: Place | undefined;
  /** A model that was built runs again: what its layers are was said then. */
  quiet = 0;
  /** Inside a call that a framework traces: an axis of any size is `None` there, and what needs a number raises. */
  tracing = 0;
  /** Told of what runs; nothing is remembered or taken over from memory while there is one. */
  tracer: Tracer | undefined;
  /** Inside a branch that may not run. */
  conditional = 0;
  /** The rounds of the loops that are being unrolled, multiplied: as a power of two. */
  nesting = 0;
  /** At a statement after which nothing runs, and which cannot be read: what it may do is done to nobody. */
  ending = false;
  steps = 0;
  readonly limits: Limits;
  readonly frameworks: readonly Framework[];
  readonly loader: Loader;

  private readonly root: Context = rootContext();
  private readonly memory = new Memory();
  private readonly codes = new Map<number, object>();
  private readonly homes = new Map<number, Node>();
  private readonly initial = this.state;
  private ledger = new Ledger();
  private frame: Frame = { unit: -1, statement: { id: -1, span: { start: 0, end: 0 } }, allocated: 0, called: 0 };
  private identities = 1;
  private pause: () => boolean = () => false;

  constructor(frameworks: readonly Framework[], loader: Loader, limits: Limits = LIMITS) {
    this.frameworks = frameworks;
    this.loader = loader;
    this.limits = limits;
    this.context = this.root;
    this.path = "";
    this.scope = this.scopeOf(this.root, "module", undefined);
  }

  /** Starts an analysis from nothing but what is remembered. `pause` is asked after each newly evaluated statement. */
  begin(path: string, pause: () => boolean): void {
    this.state = this.initial;
    this.context = childContext(this.root, `module ${path}`, undefined);
    this.path = path;
    this.entry = path;
    this.scope = this.scopeOf(this.context, "module", undefined);
    Object.assign(this, { site: undefined, note: undefined, blame: undefined, steps: 0 });
    Object.assign(this, { guarded: 0, conditional: 0, quiet: 0, tracing: 0, nesting: 0, ending: false });
    this.ledger = new Ledger(true);
    this.pause = pause;
  }

  /** Runs `body` with the heap as it was at another time, which it does not change. */
  at<T>(state: State, body: () => T): T {
    const now = this.state;
    this.state = state;
    try {
      return body();
    } finally {
      this.state = now;
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

  /** What the analysis saw, so far. */
  get record(): readonly (Observation | Run)[] {
    return this.ledger.seen;
  }
  /** The runs of the module's statements, so far. */
  get ran(): readonly Run[] {
    return this.ledger.inner;
  }
  get exhausted(): boolean {
    return this.steps > this.limits.steps;
  }

  // ---- the heap
  // ------------------------------------------------------------------------------------------------------

  read(id: number): HeapEntry | undefined {
    this.ledger.read(id);
    return this.state.get(id);
  }
  write(id: number, entry: HeapEntry | undefined): void {
    this.ledger.write(id);
    this.state = this.state.set(id, entry);
  }
  /** What `body` makes of the heap about `subject`: made anew only where something that it read has changed. */
  derived<T>(subject: object, body: () => T): T {
    const known = this.memory.derivation(subject, this.state) ?? this.derivation(subject, body);
    this.ledger.readAll(known.reads);
    return known.value as T;
  }
  private derivation(subject: object, body: () => unknown): Derivation {
    const { ledger, state: from } = this;
    const own = new Ledger();
    this.ledger = own;
    try {
      const derivation = { from, value: body(), reads: own.reads };
      this.memory.derive(subject, derivation);
      return derivation;
    } finally {
      this.ledger = ledger;
    }
  }
  /** The framework's record under `id`. */
  slot<T extends object>(id: number): T | undefined {
    const entry = this.read(id);
    return entry?.kind === "slot" ? (entry.data as T) : undefined;
  }
  setSlot(id: number, data: object): void {
    const old = this.slot(id);
    if (old !== undefined && same(old, data)) return;
    this.write(id, { kind: "slot", data });
  }

  /** A new identity: the same one for the same statement in the same context, in every analysis. */
  fresh(): number {
    const key = `${this.frame.unit}.${this.frame.allocated++}`;
    const known = this.context.allocations.get(key);
    if (known !== undefined) return known;
    const id = this.identities++;
    this.context.allocations.set(key, id);
    return id;
  }
  /** A new heap object. */
  allocate(entry: HeapObject): number {
    const id = this.fresh();
    this.write(id, entry);
    return id;
  }
  /** An identity for something there is once in a program, by name. */
  named(name: string): number {
    const known = this.root.allocations.get(name);
    if (known !== undefined) return known;
    const id = this.identities++;
    this.root.allocations.set(name, id);
    return id;
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
    return id;
  }
  /** The context of the next call that the present statement makes. */
  callContext(code: number): Context {
    const key = `${this.frame.unit}.${this.frame.called++}.${code}`;
    return childContext(this.context, key, this.site === undefined ? undefined : this.place(this.site));
  }
  moduleContext(path: string): Context {
    return childContext(this.root, `module ${path}`, undefined);
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

  // ---- code
  // ----------------------------------------------------------------------------------------------------------

  define(code: Code): void {
    this.codes.set(code.id, code);
    this.homes.set(code.id, this.frame.statement);
  }
  /** The statement that a lambda stands in. */
  homeOf(id: number): Node {
    return this.homes.get(id) ?? this.frame.statement;
  }
  /** The text that stands under `id` now; whoever asks depends on it. */
  code(id: number): object | undefined {
    const node = this.codes.get(id);
    if (node !== undefined) this.enter(id, node);
    return node;
  }
  /** Says that the present evaluation holds only while `node` stands under `id`. */
  enter(id: number, node: object): void {
    this.ledger.enter(id, node);
  }
  /**
   * Something outside the program stands under the identity `id` from now on: a module's text, or that there is none.
   * Identities and the ids of nodes are numbered apart, so identities are kept below zero here.
   */
  provide(id: number, node: object): void {
    this.codes.set(-id, node);
  }
  /** Asks for what stands under the identity `id`, and depends on it. */
  demand(id: number, node: object): void {
    this.codes.set(-id, node);
    this.enter(-id, node);
  }

  /** The beginning of a file that the program reads; undefined where there is none. */
  dataFile(name: string): { readonly text: string; readonly whole: boolean } | "pending" | undefined {
    const found = this.loader.data(this.entry, name);
    this.demand(this.named(`data ${name} from ${this.entry}`), found.token);
    return found.kind === "data" ? found : found.kind === "pending" ? "pending" : undefined;
  }

  // ---- units
  // ---------------------------------------------------------------------------------------------------------

  /**
   * Evaluates `body`, or finds that the same text was evaluated in this context before, from a state in which all that
   * it read was the same, and takes its outcome over.
   */
  unit(node: Node, body: () => Outcome, statement: Node = node): Run {
    const runs = this.tracer === undefined ? this.memory.runsOf(node) : undefined;
    const known = runs?.get(this.context);
    if (runs !== undefined && known !== undefined && this.holds(known)) return this.replay(known, runs);
    const run = this.evaluated(node, body, statement);
    this.ledger.take(run);
    if (runs === undefined) return run;
    if (!this.exhausted) runs.set(this.context, run);
    if (this.pause()) throw new Paused();
    return run;
  }
  private evaluated(node: Node, body: () => Outcome, statement: Node): Run {
    const { state: before, ledger: outer, steps, frame, site, note, context, scope } = this;
    const did = new Ledger();
    this.ledger = did;
    this.frame = { unit: node.id, statement, allocated: 0, called: 0 };
    let isWhole = false;
    try {
      const { exits, result } = body();
      const { mode, state: after } = this;
      did.close(before, after, exits);
      isWhole = true;
      return { node: node.id, context, scope, mode, before, after, exits, result, steps: this.steps - steps, did };
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
    for (const [id, node] of did.entered ?? []) if (this.codes.get(id) !== node) return false;
    return stands(did.reads, before, this.state);
  }
  private replay(known: Run, runs: Map<Context, Run>): Run {
    const run = known.before === this.state ? known : rebased(known, this.state);
    if (run !== known) runs.set(this.context, run);
    this.state = run.after;
    this.steps += run.steps;
    this.ledger.take(run);
    return run;
  }

  /** States are joined where a branch or a round may or may not have run. */
  noteJoin(): void {
    this.ledger.joined = true;
  }
  /** What else decides what is said: faults that are caught, may not happen or were said; and how far loops unroll. */
  private get mode(): number {
    const { guarded, conditional, quiet, tracing, ending, nesting } = this;
    const flags = (guarded > 0 ? 1 : 0) + (conditional > 0 ? 2 : 0) + (quiet > 0 ? 4 : 0) + (tracing > 0 ? 8 : 0);
    return flags + (ending ? 16 : 0) + nesting * 32;
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
    this.ledger.seen.push({ kind: "value", place, callers, outputs, note });
  }
  doubt(place: Place, value: Value): void {
    const reason = reasonOf(value);
    if (reason !== undefined) this.ledger.seen.push({ kind: "unknown", place, reason });
  }
  mark(type: string, data: object, place: Place = this.here): void {
    this.ledger.seen.push({ kind: "mark", type, place, data });
  }
  /** What is caught is no fault; what stands in a branch that may not run is no more than a warning. */
  report(fault: Fault): void {
    if (fault.severity === "error" && this.guarded > 0) return;
    const severity = fault.severity === "error" && this.conditional > 0 ? "warning" : fault.severity;
    const isHere = fault.place.statement === this.frame.statement.id && fault.place.path === this.path;
    const callers = isHere ? this.context.callers : undefined;
    this.ledger.seen.push({ kind: "fault", fault: { ...fault, severity, callers } });
  }
}

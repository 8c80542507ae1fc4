import type { Node } from "../python/syntax.ts";
import { type HeapEntry, type HeapObject, type State, same } from "./heap.ts";
import type { Ids } from "./ids.ts";
import { Ledger } from "./ledger.ts";
import { type Derivation, Memory } from "./memory.ts";
import { Persistent } from "./persistent.ts";
import { type Context, rootContext } from "./scope.ts";

/**
 * One statement's own doings: what it allocates and calls is numbered, so that identities do not depend on other text.
 */
export interface Frame {
  /** What allocations and calls are numbered within. */
  readonly unit: number;
  /** The statement that spans are relative to: the unit itself, or the statement around a round of a comprehension. */
  readonly statement: Node;
  allocated: number;
  called: number;
}

/** What a program can change, by identity, and the identities themselves. What is read and written is remembered. */
export abstract class Store {
  private current: State = Persistent.empty<HeapEntry>();
  /** What was written since the last snapshot is changed in place. */
  private draft = 1;
  protected readonly root: Context = rootContext();
  context: Context = this.root;
  protected readonly memory = new Memory();
  protected ledger = new Ledger();
  protected frame: Frame = { unit: -1, statement: { id: -1, span: { start: 0, end: 0 } }, allocated: 0, called: 0 };
  protected identities = 1;
  private readonly names = new Map<string, number>();
  /** What a program has put into libraries, such as `np.int = int`. Empty from the start: one branch's is uncertain. */
  readonly setOnLibraries = this.named("set on libraries");
  constructor() {
    this.write(this.setOnLibraries, { kind: "attributes", entries: new Map() });
  }

  /** A snapshot: it stays as it is. */
  get state(): State {
    this.draft++;
    return this.current;
  }
  set state(state: State) {
    this.current = state;
  }
  read(id: number): HeapEntry | undefined {
    this.ledger.read(id);
    return this.current.get(id);
  }
  /** What stands there, where that decides nothing. */
  peek(id: number): HeapEntry | undefined {
    return this.current.get(id);
  }
  readAll(ids: Ids): void {
    this.ledger.readAll(ids);
  }
  write(id: number, entry: HeapEntry | undefined): void {
    this.ledger.write(id);
    this.current = this.current.edited(id, entry, this.draft);
  }
  /** What `body` makes of the heap about `subject`: made anew only where something that it read has changed. */
  derived<T>(subject: object, body: () => T): T {
    const known = this.memory.derivation(subject, this.state) ?? this.derivation(subject, body);
    this.ledger.readAll(known.reads);
    return known.value as T;
  }
  private derivation(subject: object, body: () => unknown): Derivation {
    const { state: from } = this;
    const made = (own: Ledger) => ({ from, value: body(), reads: own.reads });
    const derivation = this.apart(made, () => undefined);
    this.memory.derive(subject, derivation);
    return derivation;
  }
  /** Runs `body` with a ledger of its own; `merge` says what of it counts here. */
  apart<T>(body: (own: Ledger) => T, merge: (outer: Ledger, own: Ledger) => void): T {
    const { ledger: outer } = this;
    const own = new Ledger();
    this.ledger = own;
    try {
      return body(own);
    } finally {
      this.ledger = outer;
      merge(outer, own);
    }
  }
  /** Runs `body`, and says nothing of what it sees. */
  unseen<T>(body: () => T): T {
    return this.apart(body, (outer, own) => outer.absorb(own));
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
    const { unit, allocated } = this.frame;
    this.frame.allocated++;
    let ids = this.context.allocations.get(unit);
    if (ids === undefined) {
      ids = [];
      this.context.allocations.set(unit, ids);
    }
    const known = ids[allocated];
    if (known !== undefined) return known;
    const id = this.identities++;
    ids[allocated] = id;
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
    const known = this.names.get(name);
    if (known !== undefined) return known;
    const id = this.identities++;
    this.names.set(name, id);
    return id;
  }
}

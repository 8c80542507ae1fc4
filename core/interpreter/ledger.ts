import { type Exits, statesOf } from "./exits.ts";
import type { Yielded } from "./generators.ts";
import type { State } from "./heap.ts";
import { type Ids, idsOf } from "./ids.ts";
import type { Deeds, Entered, Observation, Run, Sum } from "./record.ts";

/**
 * What a unit does while it is evaluated, with what the units inside it do. That is added up when it is first asked
 * for: nobody asks about a unit as long as the one around it holds.
 */
export class Ledger implements Deeds {
  readonly seen: (Observation | Run)[] = [];
  readonly inner: Run[] = [];
  /** Where a generator yielded. */
  readonly yields: Yielded[] = [];
  /** Set where states were joined: what was merely kept then counts as read. */
  joined = false;
  /** Ids in the order in which it read them itself, and those that it wrote, were it with what stood there. */
  private ownReads: number[] = [];
  private ownWrites: number[] = [];
  private code: Entered[] | undefined;
  /** Units inside it that were left half way: they may have decided what came after. */
  private left: Ledger[] | undefined;
  /** What ran aside: all that it changed has been taken back, but decided what it saw. */
  private asides: Ledger[] | undefined;
  private readonly outermost: boolean;
  private before: State | undefined;
  private after: State | undefined;
  private exits: Exits | undefined;
  private sum: Pick<Deeds, "reads" | "writes" | "entered"> | undefined;

  /** `outermost`: the program's own. Nothing is around it that would ask what was read. */
  constructor(outermost = false) {
    this.outermost = outermost;
  }

  read(id: number): void {
    if (!this.outermost) this.ownReads.push(id);
  }
  readAll(ids: Ids): void {
    if (!this.outermost) for (const id of ids) this.ownReads.push(id);
  }
  write(id: number): void {
    this.ownWrites.push(id);
  }
  /** It holds only while `node` stands under `id`. */
  enter(id: number, node: object): void {
    this.code ??= [];
    this.code.push({ id, node });
  }
  /** A unit inside this one has run, or was taken over. */
  take(run: Run): void {
    if (run.did.seen.length > 0) this.seen.push(run);
    this.inner.push(run);
    if (run.yields !== undefined) this.yields.push(...run.yields);
  }
  /** A unit inside this one was left half way. */
  absorb(left: Ledger): void {
    this.left ??= [];
    this.left.push(left);
  }
  /** What ran aside counts as looked at, be it read or changed. */
  observe(aside: Ledger): void {
    for (const it of aside.seen) this.seen.push(it);
    for (const run of aside.inner) this.inner.push(run);
    this.asides ??= [];
    this.asides.push(aside);
  }
  /** All that another did on behalf of this. */
  include(part: Ledger): void {
    for (const it of part.seen) this.seen.push(it);
    for (const run of part.inner) this.inner.push(run);
    this.yields.push(...part.yields);
    this.absorb(part);
  }
  /** How much it has seen. */
  get mark(): readonly [seen: number, inner: number] {
    return [this.seen.length, this.inner.length];
  }
  /** Forgets what it has seen since. */
  backTo([seen, inner]: readonly [number, number]): void {
    this.seen.length = seen;
    this.inner.length = inner;
  }
  /** It has come to its end. */
  close(before: State, after: State, exits: Exits | undefined): void {
    this.before = before;
    this.after = after;
    this.exits = exits;
  }

  get reads(): Ids {
    return this.summed.reads;
  }
  get writes(): Ids {
    return this.summed.writes;
  }
  get entered(): readonly Entered[] {
    return this.summed.entered;
  }
  private get summed(): Pick<Deeds, "reads" | "writes" | "entered"> {
    if (this.sum === undefined) {
      const sum: Sum = { reads: [], writes: [], entered: new Map() };
      this.addTo(sum);
      this.sum = {
        reads: idsOf(sum.reads),
        writes: idsOf(sum.writes),
        entered: [...sum.entered].map(([id, node]) => ({ id, node })),
      };
      // Nobody needs these any more, and the states may be large.
      this.ownReads = [];
      this.ownWrites = [];
      this.before = undefined;
      this.after = undefined;
      this.exits = undefined;
    }
    return this.sum;
  }

  addEntered(ids: Set<number>): void {
    for (const { id } of this.sum?.entered ?? this.code ?? []) ids.add(id);
    if (this.sum !== undefined) return;
    for (const run of this.inner) run.did.addEntered(ids);
    for (const left of this.left ?? []) left.addEntered(ids);
  }
  addTo(sum: Sum): boolean {
    for (const id of this.sum?.reads ?? this.ownReads) sum.reads.push(id);
    for (const id of this.sum?.writes ?? this.ownWrites) sum.writes.push(id);
    for (const { id, node } of this.sum?.entered ?? this.code ?? []) sum.entered.set(id, node);
    if (this.sum !== undefined) return this.joined;
    for (const run of this.inner) this.joined = run.did.addTo(sum) || this.joined;
    for (const left of this.left ?? []) this.joined = left.addTo(sum) || this.joined;
    for (const { reads, writes } of this.asides ?? []) for (const id of [...reads, ...writes]) sum.reads.push(id);
    this.addChanges(sum);
    return this.joined;
  }
  private addChanges(sum: Sum): void {
    const { before, after, exits, joined } = this;
    if (before === undefined || after === undefined) return;
    for (const state of exits === undefined ? [after] : [after, ...statesOf(exits)]) {
      before.differs(state, (key) => {
        sum.writes.push(key);
        if (joined) sum.reads.push(key);
        return false;
      });
    }
  }
}

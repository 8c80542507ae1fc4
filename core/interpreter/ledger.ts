import { type Exits, statesOf } from "./exits.ts";
import type { State } from "./heap.ts";
import type { Observation, Run } from "./record.ts";

/** What a unit does while it is evaluated, with what the units inside it do. */
export class Ledger {
  readonly seen: (Observation | Run)[] = [];
  readonly inner: Run[] = [];
  entered: Map<number, object> | undefined;
  /** Set where states were joined: what was merely kept then counts as read. */
  joined = false;
  /** Ids in the order in which they were read, and those that were written, were it with what stood there. */
  private readonly reads: number[] = [];
  private readonly written: number[] = [];
  /** The program's own: nothing is around it that would ask what the units inside it read. */
  private readonly outermost: boolean;

  constructor(outermost = false) {
    this.outermost = outermost;
  }

  read(id: number): void {
    this.reads.push(id);
  }
  write(id: number): void {
    this.written.push(id);
  }
  /** It holds only while `node` stands under `id`. */
  enter(id: number, node: object): void {
    this.entered ??= new Map();
    this.entered.set(id, node);
  }

  /** What `body` gives, and the ids that it reads for it; they count as read here too. */
  tracked<T>(body: () => T): { readonly value: T; readonly reads: ReadonlySet<number> } {
    const first = this.reads.length;
    const value = body();
    return { value, reads: new Set(this.reads.slice(first)) };
  }

  /** A unit inside this one has run, or was taken over. */
  take(run: Run): void {
    if (run.seen.length > 0) this.seen.push(run);
    this.inner.push(run);
    if (this.outermost) return;
    for (const id of run.reads) this.reads.push(id);
    for (const id of run.writes) this.written.push(id);
    this.joined ||= run.joined;
    for (const [id, node] of run.entered ?? []) this.enter(id, node);
  }
  /** A unit inside this one was left half way: it may have decided what came after. */
  absorb(left: Ledger): void {
    for (const id of left.reads) this.reads.push(id);
    for (const id of left.written) this.written.push(id);
    this.joined ||= left.joined;
    for (const [id, node] of left.entered ?? []) this.enter(id, node);
  }

  /** What it comes to, each id once. */
  closed(
    before: State,
    after: State,
    exits: Exits | undefined,
  ): Pick<Run, "seen" | "inner" | "entered" | "joined" | "reads" | "writes"> {
    const { seen, inner, entered, joined } = this;
    const written = new Set(this.written);
    const reads = new Set(this.reads);
    for (const state of [after, ...(exits === undefined ? [] : statesOf(exits))]) {
      before.differs(state, (key) => {
        written.add(key);
        if (joined) reads.add(key);
        return false;
      });
    }
    return { seen, inner, entered, joined, reads, writes: [...written] };
  }
}

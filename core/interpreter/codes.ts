import type { Node } from "../python/syntax.ts";
import { Store } from "./store.ts";
import type { Code } from "./values.ts";

/** The code that values refer to by an id, so that a value is the same whatever its text has become. */
export abstract class Codes extends Store {
  protected readonly codes = new Map<number, object>();
  private readonly homes = new Map<number, Node>();

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
}

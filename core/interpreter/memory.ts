import type { Node } from "../python/syntax.ts";
import { mapStates } from "./exits.ts";
import { type State, same } from "./heap.ts";
import type { Ids } from "./ids.ts";
import { leafOf } from "./persistent.ts";
import type { Run } from "./record.ts";
import type { Context } from "./scope.ts";

export interface Derivation {
  readonly from: State;
  readonly reads: Ids;
  readonly value: unknown;
}

/** What earlier evaluations came to: runs by their text and context, and what was made of the heap about an object. */
export class Memory {
  private readonly runs = new WeakMap<object, Map<Context, Run>>();
  private readonly derivations = new WeakMap<object, Derivation>();

  /** The last run of a statement in each context. */
  runsOf(node: Node): Map<Context, Run> {
    const known = this.runs.get(node);
    if (known !== undefined) return known;
    const made = new Map<Context, Run>();
    this.runs.set(node, made);
    return made;
  }

  derivation(subject: object, now: State): Derivation | undefined {
    const known = this.derivations.get(subject);
    return known !== undefined && stands(known.reads, known.from, now) ? known : undefined;
  }
  derive(subject: object, derivation: Derivation): void {
    this.derivations.set(subject, derivation);
  }
}

/** Whether all that was read in a state is now what it was then. */
export function stands(reads: Ids, then: State, now: State): boolean {
  if (then === now) return true;
  return !changed(reads, then, now, (id) => !same(then.get(id), now.get(id)));
}

/** Asks about those ids that two states do not share, until `visit` says true; and says whether it did. */
function changed(ids: Ids, a: State, b: State, visit: (id: number) => boolean): boolean {
  let shared = -1;
  for (const id of ids) {
    const leaf = leafOf(id);
    if (leaf === shared) continue;
    if (a.sharesLeaf(b, id)) shared = leaf;
    else if (visit(id)) return true;
  }
  return false;
}

/**
 * The same run from the present state. Its states hold what it changed in them, and nothing else of the state that it
 * once began with: they are grown anew from this one.
 */
export function rebased(run: Run, now: State): Run {
  const { before, after, exits, did } = run;
  const grown = (state: State): State => {
    let result = now.grafted(before, state);
    // What was written with what stood there is written here too, though something else stands here.
    changed(did.writes, before, now, (id) => {
      result = result.set(id, state.get(id));
      return false;
    });
    return result;
  };
  const yields = run.yields?.map((it) => ({ ...it, state: grown(it.state) }));
  const { node, context, scope, mode, result, steps } = run;
  const ends = exits && mapStates(exits, grown);
  return { node, context, scope, mode, before: now, after: grown(after), exits: ends, result, steps, did, yields };
}

import { type Dim, minus, plus, provablyEqual, symbol, times } from "../tensor/dim.ts";
import type { HeapEntry, ListObject, State } from "./heap.ts";
import { countOf } from "./iterate.ts";
import type { Machine } from "./machine.ts";

/**
 * Lists that a loop appends to. A loop of many rounds is joined until nothing changes, and by then nobody knows how
 * long such a list is. If each round makes it longer by the same number, whatever its length was, the number of rounds
 * says so: one more round shows that, from a length that has only a name.
 */
const LENGTH = symbol("its length", { id: "length of a list before a round" });

const isList = (it: HeapEntry | undefined): it is ListObject => it?.kind === "listObject";

/** Lists whose length was known before the loop and is not now. */
function candidates(before: State, after: State): ReadonlyMap<number, Dim> {
  const found = new Map<number, Dim>();
  before.differs(after, (id, old, now) => {
    const length = isList(old) && isList(now) && now.rest?.count === undefined ? countOf(old) : undefined;
    if (length !== undefined && isList(now) && now.rest !== undefined) found.set(id, length);
    return false;
  });
  return found;
}

/** Of a list of any length, what is known of its items. */
const withLength = ({ items, rest }: ListObject, count: Dim): ListObject | undefined =>
  rest === undefined || items.length > 0
    ? undefined
    : { kind: "listObject", items: [], rest: { element: rest.element, reason: rest.reason, count } };

/** After a loop of `rounds` rounds, of which `round` is any: sets the lengths of the lists that grow evenly. */
export function countAppended(m: Machine, before: State, rounds: Dim, round: () => boolean): void {
  const after = m.state;
  const lists = candidates(before, after);
  if (lists.size === 0) return;
  const named = new Map<number, ListObject>();
  for (const id of lists.keys()) {
    const now = m.read(id);
    const anyLength = isList(now) ? withLength(now, LENGTH) : undefined;
    if (anyLength !== undefined) named.set(id, anyLength);
  }
  for (const [id, list] of named) m.write(id, list);
  const goesOn = round();
  const grown = new Map([...named.keys()].map((id) => [id, m.read(id)] as const));
  m.state = after;
  if (!goesOn) return;
  for (const [id, list] of named) {
    const then = grown.get(id);
    const length = isList(then) ? countOf(then) : undefined;
    const by = length === undefined ? undefined : minus(length, LENGTH);
    const start = lists.get(id);
    if (typeof by !== "number" || by < 0 || start === undefined || !provablyEqual(plus(LENGTH, by), length ?? 0))
      continue;
    const whole = withLength(list, plus(start, times(rounds, by)));
    if (whole !== undefined) m.write(id, whole);
  }
}

import type { State } from "./heap.ts";
import { joinStates, joinValues } from "./join.ts";
import type { Value } from "./values.ts";

/** The ways out of a statement that does not simply go on to the next; undefined where it does nothing but that. */
export interface Exits {
  /** The state in which the next statement runs, if it may run. */
  readonly normal: State | undefined;
  readonly returned?: { readonly state: State; readonly value: Value } | undefined;
  readonly broke?: State | undefined;
  readonly continued?: State | undefined;
  readonly raised?: { readonly state: State; readonly value: Value } | undefined;
}

/** The same ways out with other states. */
export function mapStates(exits: Exits, change: (state: State) => State): Exits {
  const { normal, returned, broke, continued, raised } = exits;
  return {
    normal: normal && change(normal),
    returned: returned && { ...returned, state: change(returned.state) },
    broke: broke && change(broke),
    continued: continued && change(continued),
    raised: raised && { ...raised, state: change(raised.state) },
  };
}
export const statesOf = ({ normal, returned, broke, continued, raised }: Exits): readonly State[] =>
  [normal, returned?.state, broke, continued, raised?.state].filter((it) => it !== undefined);

/** Thrown inside the evaluation of an expression that certainly raises; caught where the statement ends. */
export class Raised extends Error {
  readonly value: Value;
  constructor(value: Value) {
    super("raised");
    this.value = value;
  }
}

const either = <T>(a: T | undefined, b: T | undefined, join: (a: T, b: T) => T): T | undefined =>
  a === undefined ? b : b === undefined ? a : join(a, b);

/** Both may happen. */
export function joinExits(a: Exits, b: Exits): Exits {
  const valued = (
    x: { readonly state: State; readonly value: Value },
    y: { readonly state: State; readonly value: Value },
  ) => ({ state: joinStates(x.state, y.state), value: joinValues(x.value, y.value) });
  return {
    normal: either(a.normal, b.normal, joinStates),
    returned: either(a.returned, b.returned, valued),
    broke: either(a.broke, b.broke, joinStates),
    continued: either(a.continued, b.continued, joinStates),
    raised: either(a.raised, b.raised, valued),
  };
}

/** `first` happened and, where it went on, `second` followed. */
export const followed = (first: Exits | undefined, second: Exits): Exits =>
  first === undefined ? second : joinExits({ ...first, normal: undefined }, second);

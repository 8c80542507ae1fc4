/** One step of a recurrent layer, as a layer of its own: `cell(input, states)` gives `(output, new states)`. */
import { type Dim, plus, times } from "../../../../tensor/dim.ts";
import { type AnyShape, Shape, unknownRank } from "../../../../tensor/shape.ts";
import { check, type Nesting, type Surroundings, type Violation } from "../../define.ts";
import { buildable, statesFit } from "./recurrent.ts";

/** Keras 2 casts the input to the dtype of the cell, and not its states. */
const stateCast = (name: string, { keras, compute, dtypes: [, state = compute] }: Surroundings): readonly Violation[] =>
  check(
    keras !== 2 || compute === undefined || state === compute,
    "state-dtype",
    `${name} works in ${compute}, and its state is ${state}: Keras 2 casts only the input`,
  );

interface Units {
  readonly units: Dim;
}
/** The rules of a cell of so many gates and states; what it has beside them is its weights. */
export const cellRules = (name: string, gates: number, states: number) => ({
  nesting: (): Nesting => [0, Array.from({ length: states }, (_, i) => i + 1)],
  requires: ({ units }: Units, [x, ...given]: readonly Shape[], at: Surroundings): readonly Violation[] =>
    x === undefined
      ? []
      : [...buildable(name, units), ...statesFit(name, units, given, states), ...stateCast(name, at)],
  output: ({ units }: Units, [x]: readonly Shape[]): readonly AnyShape[] =>
    Array<AnyShape>(states + 1).fill(x?.withLast(units) ?? unknownRank("no input")),
  macs: ({ units }: Units, [x]: readonly Shape[]): Dim =>
    x === undefined ? 0 : times(times(gates, units), plus(x.last, units)),
});

export const features = ([x]: readonly Shape[]): Dim => (x ?? new Shape([])).last;

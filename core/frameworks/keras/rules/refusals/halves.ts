import type { Machine } from "../../../../interpreter/machine.ts";
import type { PlacedEdit } from "../../../../interpreter/record.ts";
import { samePlace, type TensorValue } from "../../../../interpreter/values.ts";
import type { Expression } from "../../../../python/syntax.ts";
import { hasRank, type Shape } from "../../../../tensor/shape.ts";
import { definitionOf } from "../../runtime/definitions.ts";
import { producerOf, sourcesOf } from "../../runtime/graph.ts";
import { recordOf } from "../../runtime/records.ts";
import type { Explanation } from "./index.ts";

/**
 * Pictures of a size that does not halve as often as the network halves it, where the size has a name: the program
 * may choose another. `large` is what one level of the network still has.
 */
export function halvedOnce(m: Machine, tensor: TensorValue, large: Shape, small: Shape): Explanation | undefined {
  const input = firstOf(m, tensor);
  const shape = input === undefined ? undefined : saidShape(m, input);
  if (input === undefined || !hasRank(input.shape) || shape === undefined) return undefined;
  const edits: PlacedEdit[] = [];
  for (let axis = 1; axis < large.rank - 1; axis++) {
    const [whole, level] = [input.shape.at(axis), large.at(axis)];
    if (large.at(axis) === small.at(axis)) continue;
    const definition = definitionOf(m, shape[axis - 1]);
    if (typeof whole !== "number" || typeof level !== "number" || definition?.node.kind !== "Constant")
      return undefined;
    const step = 2 * Math.round(whole / level);
    // The nearest, and of two the smaller.
    const size = Math.ceil(whole / step - 0.5) * step;
    if (size < step) return undefined;
    const { place } = definition;
    if (!edits.some((it) => samePlace(it.place, place))) edits.push({ place, text: String(size) });
  }
  const [first] = edits;
  if (first === undefined) return undefined;
  return { place: first.place, repairs: [{ title: `A size that halves: ${first.text}`, preferred: true, edits }] };
}

/** The sizes that an Input was told, as they stand in the text. */
function saidShape(m: Machine, input: TensorValue): readonly Expression[] | undefined {
  const operation = producerOf(m, input)?.node.operation;
  const node = operation?.kind === "layer" ? recordOf(m, operation.layer)?.args["shape"]?.node : undefined;
  return node?.kind === "Tuple" || node?.kind === "List" ? node.items : undefined;
}
/** The input that a tensor was made of, if it is one. */
export function firstOf(m: Machine, tensor: TensorValue): TensorValue | undefined {
  let at = tensor;
  for (let count = 0; count < 200; count++) {
    const [source] = sourcesOf(m, at);
    if (source === undefined || source.id === at.id) return at;
    at = source;
  }
  return undefined;
}

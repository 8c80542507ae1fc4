import { listOf } from "../../../interpreter/containers.ts";
import type { Machine } from "../../../interpreter/machine.ts";
import type { Arg } from "../../../interpreter/values.ts";
import { type Dim, printDim, provablyDifferent } from "../../../tensor/dim.ts";
import { hasRank, printShape } from "../../../tensor/shape.ts";
import type { LayerCall } from "./layerCallRule.ts";
import { changeOf } from "./whereSaid.ts";

/** `incompatible-shapes`: an Embedding is given a matrix of words that is not as wide, or as long, as it says. */
export function givenWeights(m: Machine, { record }: LayerCall): void {
  const { declared, args } = record;
  const given = args["weights"];
  const [matrix, ...others] = given?.value.kind === "list" ? listOf(m, given.value).items : [];
  if (declared !== "Embedding" || matrix?.kind !== "tensor" || matrix.assumed || others.length > 0) return;
  const [words, width] = [args["input_dim"], args["output_dim"]];
  if (given === undefined || !hasRank(matrix.shape) || matrix.shape.rank !== 2 || !words || !width) return;
  const clash = ([arg, axis]: readonly [Arg, number]) =>
    arg.value.kind === "int" && hasRank(matrix.shape) && provablyDifferent(arg.value.size, matrix.shape.at(axis));
  const wrong = (
    [
      [width, 1],
      [words, 0],
    ] as const
  ).find(clash);
  if (wrong === undefined) return;
  const [arg, axis] = wrong;
  const name = axis === 1 ? "output_dim" : "input_dim";
  const size: Dim = matrix.shape.at(axis);
  const edit =
    arg.place && typeof size === "number" && changeOf(m, record, { ...arg, place: arg.place }, name, String(size));
  const place = edit ? edit.place : (given.place ?? record.place);
  m.report({
    code: "incompatible-shapes",
    severity: "error",
    place,
    message: `The weights are ${printShape(matrix.shape)}, and ${name} says another number than ${printDim(size)}`,
    related: given.place === undefined ? [] : [{ place: given.place, message: "Keras raises for these weights" }],
    repairs: edit ? [{ title: edit.text, preferred: true, edits: [edit] }] : [],
  });
}

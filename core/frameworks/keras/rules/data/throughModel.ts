import type { Machine } from "../../../../interpreter/machine.ts";
import { variablesIn } from "../../../../interpreter/names.ts";
import { provablyEqual } from "../../../../tensor/dim.ts";
import { type AnyShape, hasRank, type Shape } from "../../../../tensor/shape.ts";
import { inputsOf } from "../../runtime/modelCall.ts";
import { type ModelRecord, recordOf } from "../../runtime/records.ts";
import type { Given } from "./adapt.ts";
import type { WrongStep } from "./steps.ts";

/** Data for another model of the program, which makes of them what this one takes: `head.predict(base.predict(x))`. */
export function throughModel(m: Machine, { arg }: Given, wanted: Shape, found: Shape): WrongStep | undefined {
  if (arg?.node?.kind !== "Name" || arg.place === undefined || found.rank === wanted.rank - 1) return undefined;
  const fitting = variablesIn(m, m.scope).flatMap(([name, value]) => {
    const model = recordOf(m, value)?.model;
    const [input, ...others] = inputsOf(model) ?? [];
    const isOne = input !== undefined && others.length === 0;
    return isOne && isLike(input.shape, found) && isLike(outputOf(model), wanted) ? [name] : [];
  });
  const [name] = fitting;
  if (name === undefined || fitting.length > 1) return undefined;
  const text = `${arg.name === undefined ? "" : `${arg.name}=`}${name}.predict(${arg.node.name})`;
  return {
    place: arg.place,
    message: `${name} makes of it what is wanted here`,
    repairs: [{ title: `${name}.predict(…)`, preferred: true, edits: [{ place: arg.place, text }] }],
  };
}

const isLike = (a: AnyShape | undefined, b: Shape): boolean =>
  a !== undefined &&
  hasRank(a) &&
  a.rank === b.rank &&
  a.dims.every((dim, i) => i === 0 || provablyEqual(dim, b.at(i)));

function outputOf(model: ModelRecord | undefined): AnyShape | undefined {
  if (model?.kind === "sequential") return model.output?.shape;
  return model?.kind === "functional" && model.flatOutputs.length === 1 ? model.flatOutputs[0]?.shape : undefined;
}

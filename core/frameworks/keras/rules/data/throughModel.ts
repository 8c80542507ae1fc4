import type { Machine } from "../../../../interpreter/machine.ts";
import { variablesIn } from "../../../../interpreter/names.ts";
import type { Shape } from "../../../../tensor/shape.ts";
import { inputsOf, outputsOf } from "../../runtime/modelCall.ts";
import { recordOf } from "../../runtime/records.ts";
import type { Given } from "./adapt.ts";
import { isLike, type WrongStep } from "./steps.ts";

/** Data for another model of the program, which makes of them what this one takes: `head.predict(base.predict(x))`. */
export function throughModel(m: Machine, { arg }: Given, wanted: Shape, found: Shape): WrongStep | undefined {
  if (arg?.node?.kind !== "Name" || arg.place === undefined || found.rank === wanted.rank - 1) return undefined;
  const fitting = variablesIn(m, m.scope).flatMap(([name, value]) => {
    const model = recordOf(m, value)?.model;
    const [inputs, outputs] = [inputsOf(model) ?? [], outputsOf(model) ?? []];
    const [[input], [output]] = [inputs, outputs];
    if (input === undefined || output === undefined || inputs.length + outputs.length > 2) return [];
    return isLike(input.shape, found) && isLike(output.shape, wanted) ? [name] : [];
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

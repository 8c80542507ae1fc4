import { recordOf } from "../../runtime/records.ts";
import { type Explanation, makerOf, type Refusal } from "./index.ts";

/** A model of `keras.applications` with its own classifier, where a layer behind it reads the maps before that. */
export function readyTop({ m, violation, tensors }: Refusal): Explanation | undefined {
  const maker = makerOf(m, tensors[0]);
  if (violation.constraint !== "input-rank" || maker?.model?.kind !== "functional") return undefined;
  const last = maker.model.operations.at(-1);
  const classifier = last?.kind === "layer" ? recordOf(m, last.layer) : undefined;
  if (classifier?.name.startsWith("predictions") !== true) return undefined;
  const { place, name } = maker;
  const edit = { place, text: "include_top=False", form: "argument" };
  return {
    place,
    message: `${violation.message}: ${name} ends with a classifier of its own`,
    repairs: [{ title: edit.text, preferred: true, edits: [edit] }],
  };
}

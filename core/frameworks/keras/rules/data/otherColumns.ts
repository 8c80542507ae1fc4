import { hashOf, listOf } from "../../../../interpreter/containers.ts";
import type { Machine } from "../../../../interpreter/machine.ts";
import { variablesIn } from "../../../../interpreter/names.ts";
import { stringOf, type TensorValue, type Value } from "../../../../interpreter/values.ts";
import type { Shape } from "../../../../tensor/shape.ts";
import { type Step, stepsBack } from "../../../operation/history.ts";
import { frameData } from "../../../pandas/frame.ts";
import { dataInSight } from "../refusals/dataInSight.ts";
import { sameSample, type WrongStep } from "./steps.ts";

/** The whole of a table, where the model was made for some of its columns: the data that fit are of those. */
export function otherColumns(m: Machine, tensor: TensorValue, wanted: Shape): WrongStep | undefined {
  const whole = columnsBehind(m, tensor);
  if (whole === undefined || whole.place.statement === m.here.statement) return undefined;
  const names = new Set(whole.columns.map(hashOf));
  const some = dataInSight(m)
    .filter(({ shape }) => sameSample(shape, wanted))
    .flatMap((it) => columnsBehind(m, it)?.columns ?? []);
  const chosen = [...new Map(some.map((it) => [hashOf(it), it])).values()];
  if (chosen.length === 0 || chosen.length >= names.size || !chosen.every((it) => names.has(hashOf(it))))
    return undefined;
  const text = listNamed(m, chosen) ?? listWritten(chosen);
  const tables = variablesIn(m, m.scope).flatMap(([name, it]) =>
    frameData(m, it)?.width === names.size ? [name] : [],
  );
  if (text === undefined || tables.length === 0) return undefined;
  const edit = { place: whole.place, text: `${tables.join("|")} [${text}]`, form: "behind name" };
  return {
    place: whole.place,
    message: `this has all ${names.size} columns of the table, and the model reads ${chosen.length} of them`,
    repairs: [{ title: `The columns [${text}]`, preferred: true, edits: [edit] }],
  };
}

/** The columns of a table that an array came from, and where. */
function columnsBehind(m: Machine, tensor: TensorValue): (Pick<Step, "place"> & NonNullable<Step["of"]>) | undefined {
  for (const { of, place } of stepsBack(m, tensor))
    if (of !== undefined && of.columns.length > 1) return { ...of, place };
  return undefined;
}

/** The variable that lists just these. */
function listNamed(m: Machine, columns: readonly Value[]): string | undefined {
  const wanted = columns.map(hashOf).join("\n");
  return variablesIn(m, m.scope).find(
    ([, value]) => value.kind === "list" && listOf(m, value).items.map(hashOf).join("\n") === wanted,
  )?.[0];
}
function listWritten(columns: readonly Value[]): string | undefined {
  const names = columns.map(stringOf);
  return names.includes(undefined) ? undefined : `[${names.map((it) => JSON.stringify(it)).join(", ")}]`;
}

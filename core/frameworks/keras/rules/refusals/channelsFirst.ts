import type { Machine } from "../../../../interpreter/machine.ts";
import { variablesIn } from "../../../../interpreter/names.ts";
import type { PlacedEdit } from "../../../../interpreter/record.ts";
import { type Place, samePlace } from "../../../../interpreter/values.ts";
import { hasRank, printShape, Shape } from "../../../../tensor/shape.ts";
import { saidBy } from "../data/source.ts";
import { sameSample, shapingStep } from "../data/steps.ts";
import { type Explanation, makerOf, type Refusal } from "./index.ts";

/** `channels-order`: `(3, 224, 224)` where channels stand last, and a window of the axis of channels is too wide. */
export function channelsFirst({ m, record, violation, tensors }: Refusal): Explanation | undefined {
  const [input] = tensors;
  if (violation.code !== "empty-output" || input === undefined || !hasRank(input.shape)) return undefined;
  const maker = makerOf(m, input);
  const source = maker?.declared === "InputLayer" ? (saidBy(m, maker) ?? saidBy(m, record)) : undefined;
  const [channels, ...sizes] = input.shape.dims.slice(1);
  if (source === undefined || (channels !== 1 && channels !== 3) || sizes.length !== 2) return undefined;
  if (!sizes.every((size) => typeof size === "number" && size > 4)) return undefined;
  const sample = new Shape([...sizes, channels]);
  return {
    code: "channels-order",
    place: source.place,
    message: `Channels stand last here: ${printShape(sample)}; ${violation.message}`,
    repairs: source
      .rewrite(sample)
      .map((it) => ({ ...it, edits: [...it.edits, ...reshapes(m, input.shape as Shape)] })),
  };
}

/** What the program has reshaped to that order already goes with it. */
function reshapes(m: Machine, { dims }: Shape): readonly PlacedEdit[] {
  const places: Place[] = [];
  for (const [, value] of variablesIn(m, m.scope)) {
    const step = value.kind === "tensor" ? shapingStep(m, value)?.step : undefined;
    const isLike = value.kind === "tensor" && hasRank(value.shape) && sameSample(value.shape, new Shape(dims));
    if (isLike && step?.type === "Reshape" && !places.some((it) => samePlace(it, step.place))) places.push(step.place);
  }
  return places.map((place) => ({ place, text: "#0 #2 #3 #1", form: "reshape" }));
}

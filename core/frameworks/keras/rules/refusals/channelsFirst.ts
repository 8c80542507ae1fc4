import { hasRank, printShape, Shape } from "../../../../tensor/shape.ts";
import { saidBy } from "../data/source.ts";
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
    repairs: source.rewrite(sample),
  };
}

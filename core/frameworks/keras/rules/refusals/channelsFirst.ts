import type { Machine } from "../../../../interpreter/machine.ts";
import { variablesIn } from "../../../../interpreter/names.ts";
import type { PlacedEdit } from "../../../../interpreter/record.ts";
import { type Place, samePlace } from "../../../../interpreter/values.ts";
import type { Dim } from "../../../../tensor/dim.ts";
import { hasRank, printShape, Shape } from "../../../../tensor/shape.ts";
import { isRanked } from "../../../operation/ranked.ts";
import { type LayerRecord, recordOf } from "../../runtime/records.ts";
import { saidBy } from "../data/source.ts";
import { sameSample, shapingStep } from "../data/steps.ts";
import { type Explanation, makerOf, type Refusal } from "./index.ts";
import { pathTo } from "./path.ts";

/**
 * `channels-order`: `(3, 224, 224)` where channels stand last, and a window is too wide for the axis of channels, here
 * or behind other windows; or a Permute put them there.
 */
export function channelsFirst({ m, record, violation, tensors }: Refusal): Explanation | undefined {
  const [input] = tensors;
  if (violation.code !== "empty-output" || input === undefined || !isRanked(input)) return undefined;
  const path = pathTo(m, input);
  const first = path.at(-1);
  const turning = path.findIndex((it) => it.declared === "Permute" && movesFirst(it));
  const isSeen = (it: LayerRecord) => KEEPING.test(it.declared ?? "");
  const turned = path[turning];
  if (turned !== undefined && path.slice(0, turning).every(isSeen)) return withoutTurn(turned, violation.message);
  const maker = first === undefined ? makerOf(m, input) : recordOf(m, first.from);
  const shape = first === undefined ? input.shape : first.inputs?.[0]?.shape;
  if (maker?.declared !== "InputLayer" || shape === undefined || !hasRank(shape) || !path.every(isSeen))
    return undefined;
  const source = saidBy(m, maker) ?? saidBy(m, first ?? record);
  const [channels, ...sizes] = shape.dims.slice(1);
  if (source === undefined || !isDepth(channels) || isDepth(sizes.at(-1)) || sizes.length !== 2) return undefined;
  if (!sizes.every((size) => typeof size === "number" && size > 4)) return undefined;
  const sample = new Shape([...sizes, channels]);
  return {
    code: "channels-order",
    place: source.place,
    message: `Channels stand last here: ${printShape(sample)}; ${violation.message}`,
    repairs: source.rewrite(sample).map((it) => ({ ...it, edits: [...it.edits, ...reshapes(m, shape)] })),
  };
}
/** Layers that leave each axis where it is. */
const KEEPING =
  /^(?:(?:Separable|Depthwise)?Conv2D|(?:Max|Average)Pooling2D|BatchNormalization|Activation|(?:Leaky)?ReLU|Dropout)$/;
const isDepth = (dim: Dim | undefined): dim is 1 | 3 => dim === 1 || dim === 3;

/** A Permute whose input had its channels last, and whose output has them first. */
function movesFirst({ inputs, outputs }: LayerRecord): boolean {
  const [from, to] = [inputs?.[0]?.shape, outputs !== undefined && "shape" in outputs ? outputs.shape : undefined];
  if (from === undefined || to === undefined || !hasRank(from) || !hasRank(to) || from.rank !== 4) return false;
  return isDepth(from.last) && !isDepth(from.at(1)) && to.at(1) === from.last;
}
function withoutTurn({ place, name }: LayerRecord, message: string): Explanation {
  const edits = [{ place, text: "", form: "no layer" }];
  return {
    code: "channels-order",
    place,
    message: `Channels stand last here, and ${name} puts them first; ${message}`,
    repairs: [{ title: `Without ${name}`, preferred: true, edits }],
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

/** What TimeDistributed asks of the layer that it runs at every step. */
import { type DType, isFloat } from "../../../../tensor/dtype.ts";
import { hasRank, printShape, type Shape } from "../../../../tensor/shape.ts";
import type { TensorType } from "../../../../tensor/type.ts";
import { check, type LayerHandle, type Surroundings, type Violation, type Weight } from "../../define.ts";
import { resultType } from "../../promotion.ts";
import { certainFlag } from "./handles.ts";

export const oneOutput = (layer: LayerHandle, at: Surroundings): readonly Violation[] =>
  check(
    certainFlag(layer, "return_state") !== true || (at.eager === true && at.keras !== 2),
    "one-output",
    "TimeDistributed stacks what its layer gives at each step, so the layer must give one tensor, without its states.",
    { argument: "layer" },
  );

/** Its output's shape is asked of its layer, and a pooling refuses to leave nothing, though it would do so in a run. */
export const leavesSome = (layer: LayerHandle, y: TensorType | undefined, step: Shape): readonly Violation[] =>
  check(
    !POOLING.test(layer.type) || y === undefined || !hasRank(y.shape) || !y.shape.dims.includes(0),
    "output-not-empty",
    `nothing is left on an axis of a step of ${printShape(step)}: use a smaller pool_size, or padding="same"`,
    { code: "empty-output" },
  );
/** It runs the `call` of its layer, which then casts nothing: the input meets the kernel as both are. */
export function dtypeOf({ type }: LayerHandle, own: DType | undefined, [kernel]: readonly Weight[], at: Surroundings) {
  const { compute } = at;
  if (at.keras === 2 || own === undefined || !isFloat(own) || own === compute || compute === undefined) return own;
  if (kernel === undefined || !/Dense$|Conv/.test(type)) return undefined;
  return compute === at.variable ? resultType([compute, kernel.dtype]) : compute;
}
const POOLING = /^(?:Max|Average)Pooling/;

export const threeAxes = (x: Shape): readonly Violation[] =>
  check(
    x.rank >= 3,
    "input-rank",
    `TimeDistributed applies its layer to each step of axis 1, so it needs 3 axes at least: ${printShape(x)}.`,
  );

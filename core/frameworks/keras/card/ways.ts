import type { Outputs } from "../../../analysis.ts";
import type { Way } from "../../../card.ts";
import type { Machine } from "../../../interpreter/machine.ts";
import { printDim } from "../../../tensor/dim.ts";
import { hasRank, type Shape, unknownRank } from "../../../tensor/shape.ts";
import type { TensorType } from "../../../tensor/type.ts";
import { type Given, type Inference, parameterCount, type Surroundings } from "../define.ts";
import { LAYERS } from "../layers/index.ts";
import { defaultOf } from "../runtime/given.ts";
import { givenOf } from "../runtime/layerCall.ts";
import { policyOf } from "../runtime/policy.ts";
import type { LayerRecord } from "../runtime/records.ts";
import { lookup } from "../signatures.ts";

const UNITS = ["units"];

/**
 * What could stand in the place of a Dense on steps: the Dense itself, the steps flattened before it, a recurrent layer
 * of as many units. The declarations of the layers say what comes out and what it costs.
 */
export function denseWays(m: Machine, record: LayerRecord, input: TensorType): readonly Way[] | undefined {
  if (record.declared !== "Dense" || !hasRank(input.shape) || input.shape.rank < 3) return undefined;
  const at: Omit<Surroundings, "dtypes"> = { ...policyOf(m, record), inner: () => ignorance };
  const dense = (type: TensorType) => inferred("Dense", givenOf(m, record, LAYERS.get("Dense")?.args ?? []), type, at);
  const units = givenOf(m, record, UNITS)["units"] ?? null;
  const title = `Dense(${typeof units === "number" ? printDim(units) : "units"})`;
  const flat = inferred("Flatten", {}, input, at);
  const [flattened] = outputsOf(flat);
  const ways = [
    way(title, dense(input), `nothing: ${eachOf(input.shape)} by itself, with one kernel for all of them`),
    way(
      `Flatten() → ${title}`,
      flattened === undefined ? ignorance : dense(flattened),
      "everything: a weight of its own for each feature of each step",
    ),
  ];
  if (input.shape.rank !== 3) return ways;
  const recurrent = inferred("LSTM", { units }, input, at);
  const mixes = "each step with those before it, in their order; the last state comes out";
  return [...ways, way(title.replace("Dense", "LSTM"), recurrent, mixes)];
}

const ignorance: Inference = { violations: [], outputs: undefined, weights: [], weightsUnknown: "not asked" };

function inferred(
  name: string,
  given: Readonly<Record<string, Given>>,
  input: TensorType,
  at: Omit<Surroundings, "dtypes">,
): Inference {
  const parameters = lookup(`keras.layers.${name}`)?.parameters ?? [];
  const declaration = LAYERS.get(name);
  const all = (declaration?.args ?? []).map((arg): [string, Given] => {
    const parameter = parameters.find((it) => it.name === arg);
    return [arg, given[arg] ?? (parameter === undefined ? null : defaultOf(parameter))];
  });
  return declaration?.infer(Object.fromEntries(all), [input], at) ?? ignorance;
}

function way(title: string, inference: Inference, mixes: string): Way {
  const [violation] = inference.violations;
  if (violation !== undefined)
    return { title, outputs: undefined, params: undefined, mixes: `not possible here: ${violation.message}` };
  const params = inference.weightsUnknown === undefined ? parameterCount(inference.weights) : undefined;
  const outputs: Outputs = inference.outputs ?? { shape: unknownRank("not known"), dtype: undefined };
  return { title, outputs, params: typeof params === "number" ? params : undefined, mixes };
}

const outputsOf = ({ outputs }: Inference): readonly TensorType[] =>
  outputs === undefined ? [] : "shape" in outputs ? [outputs] : outputs;

/** `each of 10 steps`, `each of 8 × 8 places`, `each step`. */
function eachOf(shape: Shape): string {
  const steps = shape.dims.slice(1, -1);
  const what = steps.length > 1 ? "place" : "step";
  return steps.every((it) => typeof it === "number") ? `each of ${steps.join(" × ")} ${what}s` : `each ${what}`;
}

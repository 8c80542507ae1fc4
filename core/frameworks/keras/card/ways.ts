import type { Outputs } from "../../../analysis.ts";
import type { Way } from "../../../card.ts";
import type { Machine } from "../../../interpreter/machine.ts";
import { type Dim, plus, printDim } from "../../../tensor/dim.ts";
import { hasRank, type Shape, unknownRank } from "../../../tensor/shape.ts";
import type { TensorType } from "../../../tensor/type.ts";
import { type Given, type Inference, parameterCount, type Surroundings } from "../define.ts";
import { LAYERS } from "../layers/index.ts";
import { defaultOf } from "../runtime/given.ts";
import { givenOf } from "../runtime/layerCall.ts";
import { rulesFor } from "../runtime/policy.ts";
import type { LayerRecord } from "../runtime/records.ts";
import { lookup } from "../signatures.ts";

/** A layer in the place of the Dense: its declaration's name, what it is given, and both as Python writes them. */
interface Link {
  readonly name: string;
  readonly given: Readonly<Record<string, Given>>;
  readonly text: string;
}
const plain = (name: string): Link => ({ name, given: {}, text: `${name}()` });

/**
 * What could stand in the place of a Dense on steps: the Dense itself, the same at each step, the steps flattened or
 * averaged before it, a recurrent layer of as many units. The declarations of the layers say what comes out and what it
 * costs.
 */
export function denseWays(m: Machine, record: LayerRecord, input: TensorType): readonly Way[] | undefined {
  if (record.declared !== "Dense" || !hasRank(input.shape) || input.shape.rank < 3) return undefined;
  const { shape } = input;
  const at: Omit<Surroundings, "dtypes"> = { ...rulesFor(m, record), inner: () => ignorance };
  const given = givenOf(m, record, [...(LAYERS.get("Dense")?.args ?? []), "activation"]);
  const dense: Link = { name: "Dense", given, text: written("Dense", given) };
  const lstm: Link = { name: "LSTM", given: { units: given["units"] ?? null }, text: written("LSTM", given) };
  const pooling = plain(`GlobalAveragePooling${shape.rank - 2}D`);
  const way = (mixes: string, ...links: readonly Link[]): Way => wayOf(links, input, mixes, at);
  const alone = way(`nothing: ${eachOf(shape)} by itself, with one kernel for all of them`, dense);
  return [
    alone,
    ...(shape.rank === 3 ? [wrapped(alone, input, dense)] : []),
    way("everything: a weight of its own for each feature of each step", plain("Flatten"), dense),
    ...(shape.rank <= 5 ? [way("the mean of all steps, whatever their order", pooling, dense)] : []),
    ...(shape.rank === 3
      ? [way("each step with those before it, in their order; the last state comes out", lstm)]
      : []),
  ];
}

/** What is said of the arguments in a title: `Dense(10)`. */
const titled = ({ name, given }: Link): string => {
  const units = given["units"];
  return units === undefined ? `${name}()` : `${name}(${typeof units === "number" ? printDim(units) : "units"})`;
};

/** `Dense(10, activation="relu")`: what decides the numbers, as far as it is plain. */
function written(name: string, { units, activation, use_bias }: Readonly<Record<string, Given>>): string {
  const more = name === "Dense" && typeof activation === "string" ? [`activation="${activation}"`] : [];
  const bias = name === "Dense" && use_bias === false ? ["use_bias=False"] : [];
  return `${name}(${[typeof units === "number" ? printDim(units) : "?", ...more, ...bias].join(", ")})`;
}

/** The same layer in TimeDistributed: what comes out is the same, and so are the weights. */
const wrapped = (alone: Way, input: TensorType, { text }: Link): Way => ({
  ...alone,
  title: `TimeDistributed(${alone.title})`,
  mixes: "nothing: it does what the layer does alone",
  program: programOf(input, [`TimeDistributed(keras.layers.${text})`]),
});

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

function wayOf(links: readonly Link[], input: TensorType, mixes: string, at: Omit<Surroundings, "dtypes">): Way {
  const title = links.map(titled).join(" → ");
  let type: TensorType | undefined = input;
  let params: Dim | undefined = 0;
  for (const { name, given } of links) {
    const inference: Inference = type === undefined ? ignorance : inferred(name, given, type, at);
    const [violation] = inference.violations;
    if (violation !== undefined)
      return { title, outputs: undefined, params: undefined, mixes: `not possible here: ${violation.message}` };
    const own = inference.weightsUnknown === undefined ? parameterCount(inference.weights) : undefined;
    params = own === undefined || params === undefined ? undefined : plus(params, own);
    [type] = outputsOf(inference);
  }
  const outputs: Outputs = type ?? { shape: unknownRank("not known"), dtype: undefined };
  const program = programOf(
    input,
    links.map(({ text }) => text),
  );
  return { title, outputs, params: typeof params === "number" ? params : undefined, mixes, program };
}

/** A program whose `model` is these layers in a row, on such an input; undefined where a size is not known. */
function programOf({ shape }: TensorType, layers: readonly string[]): string | undefined {
  if (!hasRank(shape) || layers.some((it) => it.includes("?"))) return undefined;
  const sizes = shape.dims.slice(1).map(printDim);
  if (!sizes.every((it) => /^(?:\d+|None)$/.test(it))) return undefined;
  const list = [`keras.Input((${sizes.join(", ")},))`, ...layers.map((it) => `keras.layers.${it}`)];
  return `import keras\nmodel = keras.Sequential([${list.join(", ")}])\n`;
}

const outputsOf = ({ outputs }: Inference): readonly TensorType[] =>
  outputs === undefined ? [] : "shape" in outputs ? [outputs] : outputs;

/** `each of 10 steps`, `each of 8 × 8 places`, `each step`. */
function eachOf(shape: Shape): string {
  const steps = shape.dims.slice(1, -1);
  const what = steps.length > 1 ? "place" : "step";
  return steps.every((it) => typeof it === "number") ? `each of ${steps.join(" × ")} ${what}s` : `each ${what}`;
}

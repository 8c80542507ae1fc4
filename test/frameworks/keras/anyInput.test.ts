/** No rule throws, whatever a program gives it: values of every kind for every argument, and inputs of every shape. */
import { test } from "node:test";
import type { Given, LayerDeclaration } from "../../../core/frameworks/keras/define.ts";
import { LAYERS } from "../../../core/frameworks/keras/layers/index.ts";
import { type Dim, NONE, symbol, unknown } from "../../../core/tensor/dim.ts";
import { DTYPES } from "../../../core/tensor/dtype.ts";
import { hasRank, Shape, unknownRank } from "../../../core/tensor/shape.ts";
import type { TensorType } from "../../../core/tensor/type.ts";
import { chosenSeed, randomSource } from "../../random.ts";

const SEED = chosenSeed(7);
const ROUNDS = 60;

const random = randomSource(SEED);
const below = (n: number): number => Math.floor(random() * n);
const pick = <T>(list: readonly T[]): T => list[below(list.length)] as T;
const list = <T>(most: number, make: () => T): T[] => Array.from({ length: below(most + 1) }, make);

const CELL = { handle: 1, type: "LSTMCell", args: { units: 4, use_bias: true } } as const;
const SIZES: readonly Given[] = [0, 1, -1, 3, 2 ** 40, NONE, symbol("n"), unknown("not known")];
const VALUES: readonly (() => Given)[] = [
  () => pick(SIZES),
  () => pick([true, false, null, "", "same", "channels_first", "int", "é\u0000", { float: 0.5 }, { float: -1e300 }]),
  () => list(4, value),
  () => ({ handle: below(9), type: pick([...LAYERS.keys(), "Mine"]), args: pick([undefined, {}, { units: 3 }]) }),
  () => CELL,
];
let depth = 0;
function value(): Given {
  depth++;
  const made = depth > 4 ? pick(SIZES) : pick(VALUES)();
  depth--;
  return made;
}
const DIMS: readonly Dim[] = [0, 1, 2, 7, NONE, symbol("n"), symbol("m", { min: 1 }), unknown("not known")];
const tensor = (): TensorType => ({
  shape: below(8) === 0 ? unknownRank("not known") : new Shape(list(6, () => pick(DIMS))),
  dtype: pick([undefined, ...DTYPES]),
});

type Around = Parameters<LayerDeclaration["infer"]>[2];
const around = (level: number): Around => ({
  compute: pick(["float32", "float16", undefined] as const),
  variable: "float32",
  eager: pick([true, false, undefined]),
  inner: (layer, types) => {
    const declaration = level < 3 ? LAYERS.get(layer.type) : undefined;
    return declaration === undefined
      ? { violations: [], outputs: pick([undefined, tensor(), [tensor(), tensor()]]), weights: [] }
      : declaration.infer((layer.args ?? {}) as Record<string, Given>, types, around(level + 1));
  },
});

for (const [name, declaration] of LAYERS) {
  test(`${name} takes anything`, (t) => {
    t.diagnostic(`seed ${SEED}`);
    for (let round = 0; round < ROUNDS; round++) {
      const given: Record<string, Given> = {};
      for (const key of declaration.args) if (below(5) > 0) given[key] = value();
      const inputs = list(4, tensor);
      declaration.valid(given);
      const { outputs } = declaration.infer(given, inputs, around(0));
      const first = outputs === undefined ? undefined : "shape" in outputs ? outputs : outputs[0];
      if (first !== undefined && hasRank(first.shape)) declaration.macs(given, inputs, first, () => undefined);
    }
  });
}

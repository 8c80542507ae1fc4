import { readdirSync, readFileSync } from "node:fs";
import { createKeras } from "../../core/frameworks/keras/index.ts";
import { canonical } from "../../core/frameworks/keras/signatures.ts";
import { createNumpy } from "../../core/frameworks/numpy/index.ts";
import { createTensorflow } from "../../core/frameworks/tensorflow/index.ts";
import type { Framework } from "../../core/interpreter/framework.ts";
import type { Case } from "../../test/frameworks/keras/grid/judge.ts";

/** What the generated pages say, read from the declarations and the recordings. */

const json = <T>(path: string): T => JSON.parse(readFileSync(path, "utf8")) as T;

/** Calls counted in public code: files that define Keras models, tutorials and libraries, each file once. */
interface Calls {
  readonly files: number;
  readonly layers: Readonly<Record<string, number>>;
  readonly functions: Readonly<Record<string, number>>;
}
export const CALLS = json<Calls>("tasks/docs/calls.json");

/** How often a layer is called in real code, by all of its names. */
export function layerCalls(name: string): number {
  let sum = 0;
  for (const [spelled, count] of Object.entries(CALLS.layers)) {
    const layer = canonical(`keras.layers.${spelled}`) ?? canonical(`keras.layers.${spelled}`, 2);
    if (layer === `keras.layers.${name}`) sum += count;
  }
  return sum;
}

/** The recorded calls of a layer. */
export function casesOf(layer: string): readonly Case[] {
  try {
    return json<readonly Case[]>(`test/oracle/grid/${layer}.json`);
  } catch {
    return [];
  }
}

/** How many recorded calls of the real libraries begin with a function, by the name that the record calls it. */
export function recordedCalls(): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const file of readdirSync("test/oracle/ops").filter((it) => it.endsWith(".json"))) {
    for (const [call] of json<readonly (readonly [string])[]>(`test/oracle/ops/${file}`)) {
      const names = new Set([...call.matchAll(/\b(?:ops|keras|tf|np)\.[\w.]+(?=\()/g)].map(([name]) => name));
      for (const name of names) found.set(name, (found.get(name) ?? 0) + 1);
    }
  }
  return found;
}

/** The functions that are followed, by module, as a program writes it. */
export interface Area {
  readonly title: string;
  /** `tensorflow.math`. */
  readonly module: string;
  /** As programs and recordings begin a name: `tf.math.`. */
  readonly prefix: string;
  readonly names: readonly string[];
}

const isFollowed = (framework: Framework, name: string): boolean => {
  // What needs a program to be known of is none of these.
  const value = framework.resolve(undefined as never, name);
  return value?.kind === "native" && !/yields is not followed/.test(value.call.toString());
};

const within = (root: string, module: string): string => (module === "" ? root : `${root}.${module}`);

export function areas(): readonly Area[] {
  const [keras, tensorflow, numpy] = [createKeras(), createTensorflow(), createNumpy()];
  const area = (framework: Framework, module: string, prefix: string, title: string): Area => ({
    title,
    module,
    prefix,
    names: [...new Set(framework.names?.(module) ?? [])]
      .filter((name) => isFollowed(framework, `${module}.${name}`))
      .sort(),
  });
  return [
    area(keras, "keras.ops", "ops.", "keras.ops"),
    area(keras, "keras.ops.image", "ops.image.", "keras.ops.image"),
    area(keras, "keras.activations", "keras.activations.", "keras.activations"),
    area(keras, "keras.random", "keras.random.", "keras.random"),
    area(keras, "keras.utils", "keras.utils.", "keras.utils"),
    area(keras, "keras.backend", "keras.backend.", "keras.backend"),
    ...["", "math", "linalg", "nn", "image", "random", "signal", "strings", "sparse", "ragged"].map((module) =>
      area(tensorflow, within("tensorflow", module), `${within("tf", module)}.`, within("tf", module)),
    ),
    ...["", "linalg", "random"].map((module) =>
      area(numpy, within("numpy", module), `${within("np", module)}.`, within("np", module)),
    ),
  ].filter((it) => it.names.length > 0);
}

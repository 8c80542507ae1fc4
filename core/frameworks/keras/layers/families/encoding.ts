/** One-hot, multi-hot and count. Source: `encode_categorical_inputs` in keras.src.utils.numerical_utils. */
import type { Builder, Tensor } from "../../../../lowering/builder.ts";
import { type Dim, isUnknown, NONE, provablyDifferent } from "../../../../tensor/dim.ts";
import { type DType, isInteger } from "../../../../tensor/dtype.ts";
import { type AnyShape, printShape, Shape, unknownRank } from "../../../../tensor/shape.ts";
import { type Arg, check, type Given, type Surroundings, type Violation } from "../../define.ts";

export type Mode = "int" | "one_hot" | "multi_hot" | "count" | "tf_idf";
const ALIASES: Readonly<Record<string, Mode>> = { binary: "multi_hot", "tf-idf": "tf_idf" };

/** `output_mode`; `aliases` says which old words for them Keras takes here. */
export const modeArgument = (modes: readonly [Mode, ...Mode[]], aliases: readonly string[] = []): Arg<Mode> => {
  const read = (given: unknown): Mode | undefined =>
    typeof given === "string" && aliases.includes(given) ? ALIASES[given] : modes.find((mode) => mode === given);
  return {
    cases: (given) => {
      const found = read(given);
      return found === undefined ? modes : [found];
    },
    refuses: (given) =>
      isUnknown(given) || read(given) !== undefined
        ? undefined
        : `must be ${modes.map((mode) => `"${mode}"`).join(" or ")}`,
  };
};

/**
 * The shape that a run gives, which is not always the one that Keras announces:
 * - one_hot: a place for every element; a last axis of size 1 becomes that place;
 * - multi_hot, count: one row for all elements along axis 1 (or 0, of a vector).
 */
export function encoded(mode: Mode, x: Shape, depth: Dim): AnyShape {
  if (mode === "int") return x;
  if (x.rank <= 1) return new Shape(mode === "one_hot" ? [...x, depth] : [depth]);
  if (mode !== "one_hot") return x.remove(1).concat([depth]);
  if (x.last === 1) return x.withLast(depth);
  if (x.last === NONE || provablyDifferent(x.last, 1)) return x.concat([depth]);
  return unknownRank("not known whether the last axis has size 1");
}

/** Where Keras announces the axes but the last, a `None` among them stays `None`, whatever the run makes of it. */
export function announced(mode: Mode, x: Shape, depth: Dim): AnyShape {
  const y = encoded(mode, x, depth);
  if (mode === "one_hot" || mode === "int" || !(y instanceof Shape)) return y;
  return y.map((dim, i) => (i > 0 && i < y.rank - 1 && (x.at(i) === NONE || isUnknown(x.at(i))) ? x.at(i) : dim));
}

/** Numbers of bins are int64 unless the layer was given a dtype; Keras 2 overlooks one of floats. */
export function codeDtype(mode: Mode, given: Given, { compute, keras }: Surroundings): DType | undefined {
  if (mode !== "int") return compute;
  if (isUnknown(given)) return undefined;
  const isOverlooked = keras === 2 && compute !== undefined && !isInteger(compute);
  return given === null || isOverlooked ? "int64" : compute;
}

/** Keras 2 makes codes of one axis beside the batch at most: of several numbers a sample, one row. */
export function codable(name: string, mode: Mode, x: Shape, { keras }: Surroundings): readonly Violation[] {
  const rank = x.rank + (mode === "one_hot" && x.rank > 0 && provablyDifferent(x.last, 1) ? 1 : 0);
  const words = `${name} of output_mode="${mode}" makes codes of at most two axes in Keras 2`;
  const what = `this input, ${printShape(x)}, would need ${rank}: flatten it, or give one number a sample`;
  return check(keras !== 2 || mode === "int" || rank <= 2, "code-rank", `${words}; ${what}.`);
}

/**
 * Whole numbers in [0, depth) as rows of that length; others leave a row of zeros. Several numbers share one row unless
 * each has its own, `one_hot`.
 */
export function encodedNumbers(g: Builder, mode: Mode, x: Tensor, depth: number): Tensor {
  const places = g.constant(
    Array.from({ length: depth }, (_, i) => i),
    x.dtype,
  );
  const rank = x.shape.length;
  const single = mode === "one_hot" && rank > 1 && x.shape.at(-1) === 1 ? x : g.expand(x, rank);
  const hits = g.cast(g.binary("Equal", single, places, "bool"), "float32");
  if (mode === "one_hot") return hits;
  return g.reduce(mode === "count" ? "ReduceSum" : "ReduceMax", hits, [rank > 1 ? 1 : 0]);
}

/** Numbers of bins are not sparse. */
export const sparseCode = (sparse: boolean, mode: Mode): readonly Violation[] =>
  check(!(sparse && mode === "int"), "sparse-code", 'sparse=True needs an output_mode other than "int"', {
    argument: "sparse",
  });

import type { LoweredInput, Lowering } from "../../core/index.ts";
import type { FileArrays } from "./inputFile.ts";
import type { FileArray } from "./npy.ts";
import { elements, type Numbers, numbersOf, printSizes } from "./tensors.ts";

/** How a file's array meets an input: by its name, or in order where the names say nothing. */
export function arrayFor(arrays: FileArrays, inputs: readonly LoweredInput[], i: number): FileArray | undefined {
  const input = inputs[i];
  const named = input === undefined ? undefined : arrays.get(input.input);
  if (named !== undefined) return named;
  const isNamed = inputs.some((it) => arrays.has(it.input));
  return isNamed || arrays.size !== inputs.length ? undefined : [...arrays.values()][i];
}

/** The numbers for a lowering's inputs, whose shapes were taken from the arrays; or why they do not fit. */
export function givenInputs(
  { inputs }: Lowering,
  arrays: FileArrays,
): ReadonlyMap<string, Numbers> | { readonly problem: string } {
  const given = new Map<string, Numbers>();
  for (const [i, input] of inputs.entries()) {
    const array = arrayFor(arrays, inputs, i);
    const problem = array === undefined ? noneFor(input, inputs, arrays) : problemWith(array, input);
    if (array === undefined || problem !== undefined) return { problem: problem ?? "" };
    const count = elements(input);
    given.set(input.name, numbersOf(input.dtype, array.values.subarray(0, count), count));
  }
  return given;
}

function noneFor({ input }: LoweredInput, inputs: readonly LoweredInput[], arrays: FileArrays): string {
  const names = [...arrays.keys()].filter((name) => name !== "").join(", ");
  const all = inputs.map((it) => it.input).join(", ");
  const wanted = inputs.length === 1 ? "" : `; the model takes ${all}, as arrays of one .npz`;
  return `there is no array for the input ${input}${names === "" ? "" : ` among ${names}`}${wanted}`;
}

/** Why an array cannot be what a model is given. */
function problemWith({ shape, values }: FileArray, input: LoweredInput): string | undefined {
  const [samples = 0, ...sample] = input.shape;
  const words = `an array of ${printSizes(shape)} is no input ${input.input} of ${printSizes(input.shape)}`;
  if (`${shape}` === `${sample}`) return `${words}: the first axis is the samples, as in x[None]`;
  if (`${shape.slice(1)}` !== `${sample}` || shape.length === 0) return words;
  if ((shape[0] ?? 0) < samples) return `${words}: it has ${shape[0]} of ${samples} samples`;
  const used = values.subarray(0, elements(input));
  if (input.dtype !== "float32" && !used.every(Number.isFinite))
    return `the input ${input.input} takes whole numbers, and the array holds NaN or infinity`;
  const { kind } = input;
  const outside = kind.kind === "tokens" ? used.find((it) => it < 0 || it >= kind.highest + 1) : undefined;
  if (kind.kind !== "tokens" || outside === undefined) return undefined;
  return `the array holds ${outside}, and the Embedding behind the input ${input.input} takes 0 to ${kind.highest}`;
}

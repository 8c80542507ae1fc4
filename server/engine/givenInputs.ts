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
    if (array === undefined) {
      const names = [...arrays.keys()].filter((name) => name !== "").join(", ");
      return { problem: `there is no array for the input ${input.input}${names === "" ? "" : ` among ${names}`}` };
    }
    const same = input.shape.slice(1).every((n, axis) => n === array.shape[axis + 1]);
    const [samples = 0] = input.shape;
    if (!same || array.shape.length !== input.shape.length || (array.shape[0] ?? 0) < samples) {
      const wanted = printSizes(input.shape);
      return { problem: `an array of ${printSizes(array.shape)} is no input ${input.input} of ${wanted}` };
    }
    const count = elements(input);
    given.set(input.name, numbersOf(input.dtype, array.values.subarray(0, count), count));
  }
  return given;
}

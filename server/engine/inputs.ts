import type { LoweredInput } from "../../core/index.ts";
import { Random } from "./random.ts";
import { elements, type Numbers, numbersOf, printSizes } from "./tensors.ts";

/** Numbers that stand for what the input is. */
export function madeInput(input: LoweredInput, seed: number): Numbers {
  const random = new Random(seed, input.name);
  const count = elements(input);
  const next = drawer(input, random);
  return numbersOf(input.dtype, Array.from({ length: count }, next), count);
}

function drawer({ kind, dtype }: LoweredInput, random: Random): () => number {
  switch (kind.kind) {
    case "float":
      return () => random.normal();
    case "image":
      return dtype === "float32" ? () => random.uniform(0, kind.highest) : () => random.whole(0, kind.highest);
    case "tokens":
      return () => random.whole(kind.lowest, kind.highest);
    case "integer":
      return () => random.whole(0, kind.highest);
    case "bool":
      return () => random.whole(0, 1);
  }
}

/** `random_normal (2, 10, 5)`; with several inputs, each by its name. */
export function describeInputs(inputs: readonly LoweredInput[], given: ReadonlySet<string> = new Set()): string {
  const told = (it: LoweredInput) => (given.has(it.name) ? `given ${printSizes(it.shape)}` : describe(it));
  return inputs.map((it) => (inputs.length === 1 ? told(it) : `${it.input}: ${told(it)}`)).join("; ");
}
function describe({ kind, shape, assumed }: LoweredInput): string {
  const taken = assumed.map(({ axis, size }) => `axis ${axis} is taken to be ${size}`).join(", ");
  const range =
    kind.kind === "float"
      ? "random_normal"
      : kind.kind === "tokens"
        ? `tokens ${kind.lowest}…${kind.highest}`
        : kind.kind === "bool"
          ? "random truth values"
          : kind.kind === "image"
            ? `random_uniform 0…${kind.highest}`
            : `whole numbers 0…${kind.highest}`;
  return `${range} ${printSizes(shape)}${taken === "" ? "" : `, ${taken}`}`;
}

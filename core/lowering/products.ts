import type { Attributes } from "./builder.ts";
import { elements } from "./graph.ts";

interface Sized {
  readonly shape: readonly number[];
}

/** The products that a node sums up: 0 where it sums none, undefined where they are not counted. */
export function productsOf(
  op: string,
  [x, y]: readonly (Sized | undefined)[],
  output: Sized | undefined,
  attributes: Attributes,
): number | undefined {
  if (x === undefined || output === undefined) return 0;
  const kernel = elements({ shape: y?.shape.slice(1) ?? [] });
  if (op === "MatMul" || op === "Gemm") return elements(output) * (x.shape.at(-1) ?? 1);
  if (op === "Conv") return elements(output) * kernel;
  if (op === "ConvTranspose") return elements(x) * kernel;
  if (op === "Einsum") return summedOver(attributes["equation"], [x, ...(y === undefined ? [] : [y])]);
  return ["LSTM", "GRU", "RNN", "Det", "Loop", "Scan"].includes(op) ? undefined : 0;
}

/** One product for each value of all letters together. */
function summedOver(equation: Attributes[string] | undefined, inputs: readonly Sized[]): number | undefined {
  const terms = typeof equation === "string" ? (equation.split("->")[0]?.split(",") ?? []) : [];
  if (terms.length !== inputs.length || terms.length !== 2) return undefined;
  const sizes = new Map<string, number>();
  for (const [i, term] of terms.entries()) {
    const shape = inputs[i]?.shape ?? [];
    const [before = "", after] = term.split("...");
    if (after === undefined && before.length !== shape.length) return undefined;
    for (const [k, letter] of [...before].entries()) sizes.set(letter, shape[k] ?? 1);
    const rest = [...(after ?? "")];
    for (const [k, letter] of rest.entries()) sizes.set(letter, shape[shape.length - rest.length + k] ?? 1);
    // What `...` stands for meets from its end.
    const middle = after === undefined ? [] : shape.slice(before.length, shape.length - rest.length).toReversed();
    for (const [k, size] of middle.entries()) sizes.set(`${k}`, Math.max(size, sizes.get(`${k}`) ?? 1));
  }
  return [...sizes.values()].reduce((n, m) => n * m, 1);
}

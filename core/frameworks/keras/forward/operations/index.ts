import type { Machine } from "../../../../interpreter/machine.ts";
import type { TensorValue } from "../../../../interpreter/values.ts";
import { type Builder, masked, refuse, type Tensor } from "../../../../lowering/builder.ts";
import { Arguments, type Find, type OperationStep, type Rule, type Rules } from "./arguments.ts";
import { CONTRACTION } from "./contraction.ts";
import { CREATION } from "./creation.ts";
import { ELEMENTWISE } from "./elementwise.ts";
import { GATHERING } from "./gathering.ts";
import { IMAGES } from "./images.ts";
import { ruleNames } from "./names.ts";
import { NETWORK } from "./network.ts";
import { QUANTILES } from "./quantiles.ts";
import { REDUCTIONS } from "./reductions.ts";
import { SHAPING } from "./shaping.ts";
import { TRANSFORMS } from "./transforms.ts";

export { operationName } from "./names.ts";

/** How tensor functions run, by their names without the library's, or by `K.name` where a library has its own. */
const RULES: Rules = {
  ...ELEMENTWISE,
  ...REDUCTIONS,
  ...QUANTILES,
  ...SHAPING,
  ...GATHERING,
  ...CONTRACTION,
  ...NETWORK,
  ...IMAGES,
  ...CREATION,
  ...TRANSFORMS,
};
/** What ONNX has no operator for, and what no handful of others makes. */
const IMPOSSIBLE = new Set(
  (
    "svd qr cholesky cholesky_inverse eig eigh lu_factor lstsq pinv inv solve solve_triangular matrix_rank logdet " +
    "slogdet fft fft2 ifft2 rfft irfft stft istft ctc_loss erfinv lgamma digamma i0 " +
    "nextafter gcd lcm"
  ).split(" "),
);

/** What takes numbers that are known when it runs for the size of its result. */
const OPEN = new Set(
  "unique nonzero non_max_suppression dynamic_partition bincount unique_with_counts setdiff1d".split(" "),
);
const isComplex = ({ dtype }: TensorValue): boolean => dtype?.startsWith("complex") === true;
function refusal({ name, inputs, outputs }: OperationStep): string {
  const last = name.slice(name.lastIndexOf(".") + 1);
  if ([...inputs, ...outputs].some(isComplex)) return `ONNX has no complex numbers, which ${name} computes with`;
  if (OPEN.has(last)) return `how large the result of ${name} is shows only when it runs`;
  return IMPOSSIBLE.has(last) ? `ONNX has no operator for ${name}` : `${name} is not lowered yet`;
}

/** The rule of a function by its full name, `keras.ops.add`; undefined where it is not lowered. */
export function ruleOf(name: string): Rule | undefined {
  const found = ruleNames(name).find((it) => Object.hasOwn(RULES, it));
  return found === undefined ? undefined : RULES[found];
}

/** It sums products, so it multiplies and accumulates, how often nobody counted. Others do nothing of the kind. */
export const multiplies = (name: string): boolean =>
  ruleNames(name).some((it) => Object.hasOwn(CONTRACTION, it) || IMPOSSIBLE.has(it) || /conv|attention/.test(it));

/** What an operation on tensors becomes; refused by its name where there is no rule. */
export function lowerOperation(m: Machine, g: Builder, step: OperationStep, find: Find): readonly Tensor[] {
  const { name } = step;
  const rule = ruleOf(name);
  if (rule === undefined) return refuse(refusal(step));
  const a = new Arguments(m, g, step, find);
  const made = rule(g, a);
  const results = "name" in made ? [made] : made;
  if (results.length !== a.count) return refuse(`${name} of as many results is not lowered`);
  // Masks go through layers alone; the dtype is the one that the library gives.
  return results.map((it, i) => masked(g.cast(it, a.elementAt(i) ?? it.dtype), undefined));
}

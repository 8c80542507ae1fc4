/**
 * How EinsumDense reads its equation. Constraints: `equation-form`, `axes-per-label`, `output-labels-given`,
 * `kernel-labels-given`, `shared-sizes-equal`, `bias-labels-given`.
 * Source: `_analyze_einsum_string`, `_analyze_split_string` in keras.src.layers.core.einsum_dense.
 */
import { type Dim, isUnknown, NONE, printDim, provablyDifferent } from "../../../../tensor/dim.ts";
import { Shape } from "../../../../tensor/shape.ts";
import { check, dimOf, type Given, NOT_A_SIZE, type Violation } from "../../define.ts";
import { listOf } from "./arguments.ts";

export interface Parts {
  readonly input: string;
  readonly kernel: string;
  readonly output: string;
  readonly dots: "none" | "left" | "right";
}
/** `[X],[Y]->[Z]`, `...[X],[Y]->...[Z]` or `[X]...,[Y]->[Z]...`; nothing where it is none of these. */
export function parts(equation: string): Parts | undefined {
  const text = equation.replaceAll("...", "0");
  const forms = {
    none: /^([a-zA-Z]+),([a-zA-Z]+)->([a-zA-Z]+)/,
    left: /^0([a-zA-Z]+),([a-zA-Z]+)->0([a-zA-Z]+)/,
    right: /^([a-zA-Z]{2,})0,([a-zA-Z]+)->([a-zA-Z]+)0/,
  };
  for (const dots of ["none", "left", "right"] as const) {
    const [, input, kernel, output] = forms[dots].exec(text) ?? [];
    if (input && kernel && output) return { input, kernel, output, dots };
  }
  return undefined;
}

interface Analysis {
  readonly output: Shape;
  /** What a run yields: what Keras's symbolic form leaves open is the input's. */
  readonly ran: Shape;
  readonly kernel: readonly Dim[];
  readonly bias: readonly Dim[] | undefined;
}
interface Fault {
  readonly constraint: string;
  readonly message: string;
}
export const isFault = (it: Analysis | Fault): it is Fault => "constraint" in it;
const fault = (constraint: string, message: string): Fault => ({ constraint, message });

/** `sizes` is `output_shape`: the output without the batch and without the axes of the dots. */
function analysed(p: Parts, sizes: readonly Dim[], biasAxes: string | undefined, x: Shape): Analysis | Fault {
  const extra = x.rank - p.input.length;
  if (extra < 0) return fault("axes-per-label", `${p.input} names more axes than the input's ${x.rank}`);
  const left = p.dots === "left" ? extra : 0;
  const back: readonly Dim[] = p.dots === "left" ? [] : [...x.slice(x.rank - extra)];
  const output = new Shape([...x.slice(0, Math.max(left, 1)), ...sizes, ...back]);
  const ofInput = (label: string): Dim => x.at(p.input.indexOf(label) + left);
  const ofOutput = (label: string): Dim => output.at(p.output.indexOf(label) + left);
  if (p.output.length + left > output.rank)
    return fault("axes-per-label", `${p.output} names more axes than output_shape gives`);
  const named = [...p.output].map((label): Dim => (p.input.includes(label) ? ofInput(label) : ofOutput(label)));
  // More sizes than labels: Keras's symbolic answer has them all, and a run has what the equation says.
  const ran = new Shape([...x.slice(0, left), ...named, ...back]);
  const settled = output.rank > ran.rank ? ran : output;
  const clash = disagreement(p, ofInput, ofOutput);
  return clash ?? { output: settled, ran, ...weights(p, biasAxes, extra, ofInput, ofOutput) };
}

type SizeOf = (label: string) => Dim;
function disagreement(p: Parts, ofInput: SizeOf, ofOutput: SizeOf): Fault | undefined {
  for (const label of p.input) {
    if (!p.output.includes(label)) continue;
    const [before, after] = [ofInput(label), ofOutput(label)] as const;
    if (after !== NONE && (provablyDifferent(before, after) || (before === NONE && typeof after === "number")))
      return fault(
        "shared-sizes-equal",
        `${label} is ${printDim(before)} in the input, ${printDim(after)} in output_shape`,
      );
  }
  for (const label of p.output)
    if (!p.input.includes(label) && !p.kernel.includes(label))
      return fault("output-labels-given", `${label} is in neither operand`);
  for (const label of p.kernel)
    if (!p.input.includes(label) && !p.output.includes(label))
      return fault("kernel-labels-given", `${label} is neither in the input nor in the output: its size is not given`);
  return undefined;
}

type Weights = Pick<Analysis, "kernel" | "bias">;
function weights(p: Parts, biasAxes: string | undefined, extra: number, ofInput: SizeOf, ofOutput: SizeOf): Weights {
  const kernel = [...p.kernel].map((label): Dim => (p.output.includes(label) ? ofOutput(label) : ofInput(label)));
  if (biasAxes === undefined) return { kernel, bias: undefined };
  const from = Math.min(...[...biasAxes].map((label) => p.output.indexOf(label)));
  const named = [...p.output.slice(from)].map((label): Dim => (biasAxes.includes(label) ? ofOutput(label) : 1));
  return { kernel, bias: [...named, ...Array<Dim>(p.dots === "left" ? 0 : extra).fill(1)] };
}

interface Arguments {
  readonly equation: Given;
  readonly output_shape: Given;
  readonly bias_axes: Given;
}
const sizes = (given: Given): readonly Dim[] =>
  listOf(given).map((it) => (dimOf(it) === NOT_A_SIZE ? NONE : dimOf(it)));

/** Undefined where an argument is not known. */
export function analysis(a: Arguments, x: Shape) {
  const form = typeof a.equation === "string" ? parts(a.equation) : undefined;
  if (form === undefined || isUnknown(a.output_shape) || isUnknown(a.bias_axes)) return undefined;
  return analysed(form, sizes(a.output_shape), typeof a.bias_axes === "string" ? a.bias_axes : undefined, x);
}
export function settled(a: Arguments, x: Shape): Analysis | undefined {
  const found = analysis(a, x);
  return found === undefined || isFault(found) ? undefined : found;
}

/** Why the equation certainly does not go with the input; a label too many is found only when it runs. */
export function equationFits(a: Arguments, x: Shape, eager: boolean): readonly Violation[] {
  const form = typeof a.equation !== "string" ? undefined : parts(a.equation);
  const words =
    "write the equation as ab,bc->ac, ...x,xy->...y or ab...,bc->ac..., with two or more letters before the dots";
  if (typeof a.equation === "string" && form === undefined)
    return check(false, "equation-form", words, { argument: "equation" });
  const found = analysis(a, x);
  if (found !== undefined && isFault(found))
    return check(false, found.constraint, found.message, { argument: "equation", code: "incompatible-shapes" });
  if (eager && form?.dots === "none" && form.input.length !== x.rank)
    return check(false, "axes-per-label", `${form.input} names ${form.input.length} axes of ${x.rank}`, {
      argument: "equation",
    });
  const labels = form !== undefined && typeof a.bias_axes === "string" ? [...a.bias_axes] : [];
  const stray = labels.find((it) => !form?.output.includes(it));
  const where = { argument: "bias_axes" };
  return check(stray === undefined, "bias-labels-given", `${stray} is not in the output`, where);
}

/** A recurrent layer in nodes of its own for every step: ONNX's operators know only some activations. */
import { type Builder, needed, refuse, type Tensor } from "../../../../lowering/builder.ts";
import type { Cell, Run } from "./recurrence.ts";

/** Every step is nodes of its own. */
const MOST_STEPS = 256;
export function fewSteps(steps: number, what: string): void {
  if (steps > MOST_STEPS) refuse(`${what}: more than ${MOST_STEPS} steps are not lowered`);
}

/** What one step makes of the input's part of the gates and of the states: the new states, the output first. */
type Step = (g: Builder, cell: Cell, given: Tensor, states: readonly Tensor[], carried: Carried) => readonly Tensor[];
interface Carried {
  /** [units, gates · units] */
  readonly kernel: Tensor;
  readonly bias: Tensor | undefined;
}
const parts = (g: Builder, x: Tensor, count: number): readonly Tensor[] =>
  g.split(x, -1, Array<number>(count).fill((x.shape.at(-1) ?? 0) / count));
const carriedBy = (g: Builder, h: Tensor | undefined, { kernel, bias }: Carried): Tensor =>
  g.add(g.matmul(needed(h), kernel), bias);

const simple: Step = (g, { activations: [activation] }, given, [h], carried) => [
  g.activation(g.add(given, carriedBy(g, h, carried)), activation),
];

/** Gates: i o f c. */
const longShort: Step = (g, { activations: [gate, activation, output] }, given, [h, c], carried) => {
  const [i, o, f, candidate] = parts(g, g.add(given, carriedBy(g, h, carried)), 4);
  const open = (it: Tensor | undefined) => g.activation(needed(it), gate);
  const added = g.multiply(open(i), g.activation(needed(candidate), activation));
  const carry = g.add(g.multiply(open(f), needed(c)), added);
  return [g.multiply(open(o), g.activation(carry, output)), carry];
};

/** Gates: z r h. What `linear_before_reset` says is whether the product with the state comes before the reset. */
const gated: Step = (g, { activations: [gate, activation], more }, given, [state], { kernel, bias }) => {
  const h = needed(state);
  const [x, w, b] = [parts(g, given, 3), parts(g, kernel, 3), bias && parts(g, bias, 3)];
  const of = (it: Tensor, at: number) => carriedBy(g, it, { kernel: needed(w[at]), bias: b?.[at] });
  const open = (at: number) => g.activation(g.add(needed(x[at]), of(h, at)), gate);
  const [update, reset] = [open(0), open(1)];
  const before = more?.["linear_before_reset"] === 1 ? g.multiply(reset, of(h, 2)) : of(g.multiply(reset, h), 2);
  const candidate = g.activation(g.add(needed(x[2]), before), activation);
  return [g.add(g.multiply(update, h), g.multiply(g.subtract(1, update), candidate))];
};
const STEPS: Readonly<Record<Cell["op"], Step>> = { RNN: simple, LSTM: longShort, GRU: gated };

/** At a step that does not count the states stay, and the output of the step before comes again, zero at first. */
export function stepByStep(
  g: Builder,
  cell: Cell,
  x: Tensor,
  initial: readonly Tensor[],
  mask: Tensor | undefined,
): Run {
  const [batch = 1, steps = 1] = x.shape;
  fewSteps(steps, `the activation ${cell.activations.find((it) => it !== "sigmoid")}`);
  const [ofInput, ofState] = cell.bias ? parts(g, cell.bias, 2) : [];
  const given = g.add(g.matmul(x, g.transpose(cell.kernel, 1, 0)), ofInput);
  const carried = { kernel: g.transpose(cell.recurrent, 1, 0), bias: ofState };
  const units = cell.recurrent.shape[1] ?? 1;
  const zero = g.constant(Array<number>(batch * units).fill(0), "float32", [batch, units]);
  const outputs: Tensor[] = [];
  let states: readonly Tensor[] = Array.from({ length: cell.states }, (_, i) => initial[i] ?? zero);
  for (let i = 0; i < steps; i++) {
    const counts = mask && g.expand(g.take(mask, 1, i), 1);
    const next = STEPS[cell.op](g, cell, g.take(given, 1, i), states, carried);
    const kept = (it: Tensor, before: Tensor | undefined) => (counts ? g.where(counts, it, needed(before)) : it);
    outputs.push(kept(needed(next[0]), outputs.at(-1) ?? zero));
    states = next.map((it, at) => kept(it, states[at]));
  }
  const seen = outputs.map((it) => g.expand(it, 1));
  return { outputs: g.concat(seen, 1), last: needed(outputs.at(-1)), states };
}

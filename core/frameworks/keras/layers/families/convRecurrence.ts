/** ConvLSTM in ONNX's operators, step by step: ONNX has no such layer. Source: keras.src.layers.rnn.conv_lstm. */
import { type Builder, masked, needed, refuse, type Tensor } from "../../../../lowering/builder.ts";
import type { LoweringSite, WeightTensors } from "../../define.ts";
import type { Window } from "./convolution.ts";
import type { Unrolling } from "./recurrence.ts";
import { fewSteps } from "./stepping.ts";
import { turnedKernel, windowOf } from "./windows.ts";

type ConvLstm = Window &
  Unrolling & {
    readonly activation: string | null | undefined;
    readonly recurrent_activation: string | null | undefined;
  };
interface State {
  readonly h: Tensor | undefined;
  readonly c: Tensor | undefined;
}

/** (i, f, c, o) of one step from its input's part and the state before; a state that is not there is 0. */
function stepped(g: Builder, a: ConvLstm, gates: Tensor, { h, c }: State, recurrent: Tensor) {
  const ones = recurrent.shape.slice(2).map(() => 1);
  const window = { kernel: recurrent.shape.slice(2), strides: ones, dilations: ones, padding: "same" } as const;
  const all = h ? g.add(gates, g.slide("Conv", [h, recurrent], gates.shape[1] ?? 1, window)) : gates;
  const [i, f, candidate, o] = g.split(all, 1, Array<number>(4).fill((gates.shape[1] ?? 0) / 4));
  const gate = (it: Tensor | undefined) => g.activation(needed(it), a.recurrent_activation);
  const added = g.multiply(gate(i), g.activation(needed(candidate), a.activation));
  const carry = c ? g.add(g.multiply(gate(f), c), added) : added;
  return { h: g.multiply(gate(o), g.activation(carry, a.activation)), c: carry };
}

export function convolvedSteps(g: Builder, a: ConvLstm, site: LoweringSite, w: WeightTensors): readonly Tensor[] {
  const [x, ...initial] = site.inputs.map((it) => g.float(it));
  const [batch = 1, steps = 1, ...step] = needed(x).shape;
  if (site.masks[0] !== undefined) return refuse("its input has a mask");
  fewSteps(steps, "a convolution in each");
  // The state is kept with the channels first.
  const axes = step.map((_, i) => i + 1);
  const inward = (it: Tensor) =>
    a.data_format === "channels_last" ? g.transpose(it, 0, axes.length, ...axes.slice(0, -1)) : it;
  const outward = (it: Tensor) => (a.data_format === "channels_last" ? g.transpose(it, 0, ...axes.slice(1), 1) : it);
  const flat = inward(g.reshape(needed(x), [batch * steps, ...step]));
  const kernel = turnedKernel(g, needed(w["kernel"], "a kernel"));
  const gates = g.slide("Conv", [flat, kernel, w["bias"]], kernel.shape[0] ?? 1, windowOf(a));
  const apart = g.reshape(gates, [batch, steps, ...gates.shape.slice(1)]);
  const recurrent = turnedKernel(g, needed(w["recurrent_kernel"], "a kernel"));
  const [h, c] = initial.map(inward);
  const seen: Tensor[] = [];
  let state: State = { h, c };
  for (let i = 0; i < steps; i++) {
    const next = stepped(g, a, g.take(apart, 1, a.go_backwards ? steps - 1 - i : i), state, recurrent);
    seen.push(next.h);
    state = next;
  }
  const last = outward(needed(seen.at(-1)));
  const all = a.return_sequences
    ? g.concat(
        seen.map((it) => g.expand(outward(it), 1)),
        1,
      )
    : last;
  return a.return_state ? [masked(all, undefined), last, outward(needed(state.c))] : [all];
}

import type { Machine } from "../../../interpreter/machine.ts";
import { automaticName } from "./automaticNames.ts";

/** Layers that Keras makes inside a layer and names automatically: the next one of the program's own counts on. */
const WHEN_MADE: Readonly<Record<string, readonly string[]>> = {
  ConvLSTM1D: ["ConvLSTMCell"],
  ConvLSTM2D: ["ConvLSTMCell"],
  ConvLSTM3D: ["ConvLSTMCell"],
  GRU: ["GRUCell"],
  LSTM: ["LSTMCell"],
  SimpleRNN: ["SimpleRNNCell"],
  TextVectorization: ["StringLookup"],
};
const WHEN_BUILT: Readonly<Record<string, readonly string[]>> = {
  GroupQueryAttention: ["Softmax", "Dropout"],
  MultiHeadAttention: ["Softmax", "Dropout"],
};

export function takeNames(m: Machine, declared: string | undefined, when: "made" | "built"): void {
  const types = (when === "made" ? WHEN_MADE : WHEN_BUILT)[declared ?? ""] ?? [];
  for (const type of types) automaticName(m, type);
}

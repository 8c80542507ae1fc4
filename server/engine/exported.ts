import onnxProto from "onnx-proto";
import { bytes, type LoweredWeight, type WholeGraph } from "../../core/index.ts";
import { INSIDE } from "../features/export.ts";
import { IR_VERSION, inline, nodeProto, outside, valueInfo } from "./onnx.ts";
import { type Numbers, numbersOf, rawBytes } from "./tensors.ts";

const { onnx } = onnxProto;

/** A model as files: the ONNX itself, and where its weights do not fit in, what is beside it. */
export interface ExportedModel {
  readonly model: Uint8Array;
  /** Made while it is read: all weights together may not fit into memory. */
  readonly data: { readonly name: string; readonly chunks: Iterable<Uint8Array> } | undefined;
}
export interface ExportOptions {
  readonly numbers: (weight: LoweredWeight) => Numbers;
  /** The name of a file beside the model, for weights of more than `INSIDE` bytes. */
  readonly beside: string;
  readonly inside?: number;
}

/** Fewer bytes stay inside: runtimes want to see a scalar when they read the model. */
const SMALL = 256;
/** Where a weight begins in a file of its own kind: whole pages can be mapped into memory. */
const PAGE = 4096;

export function exported(graph: WholeGraph, { numbers, beside, inside = INSIDE }: ExportOptions): ExportedModel {
  const { weights, constants } = graph;
  const size = weights.reduce((sum, it) => sum + bytes(it), 0);
  const isBeside = size > inside;
  const large = weights.filter((it) => isBeside && bytes(it) >= SMALL);
  let end = 0;
  const initializer = [
    ...constants.map((it) => inline(it, numbersOf(it.dtype, it.values, it.values.length))),
    ...weights.map((it) => {
      if (!large.includes(it)) return inline(it, numbers(it));
      const offset = end;
      end = Math.ceil((offset + bytes(it)) / PAGE) * PAGE;
      return outside(it, beside, bytes(it), offset);
    }),
  ];
  const model = onnx.ModelProto.encode({
    irVersion: IR_VERSION,
    opsetImport: [{ domain: "", version: graph.opset }],
    producerName: "inlayer",
    graph: {
      name: graph.name,
      node: graph.nodes.map(nodeProto),
      input: graph.inputs.map(valueInfo),
      output: graph.outputs.map(valueInfo),
      initializer,
    },
  }).finish();
  return { model, data: isBeside ? { name: beside, chunks: inPages(large, numbers) } : undefined };
}

function* inPages(weights: readonly LoweredWeight[], numbers: ExportOptions["numbers"]): Generator<Uint8Array> {
  for (const weight of weights) {
    const content = rawBytes(numbers(weight));
    yield content;
    yield new Uint8Array(Math.ceil(content.length / PAGE) * PAGE - content.length);
  }
}

import onnxProto from "onnx-proto";
import type { Attribute, Constant, ElementType, GraphNode, Tensor } from "../../core/index.ts";
import { elements, type Numbers, numbersOf, rawBytes } from "./tensors.ts";

const { onnx } = onnxProto;
const { AttributeType } = onnx.AttributeProto;
export const IR_VERSION = 10;
/** `TensorProto.DataType` */
const CODES: Readonly<Record<ElementType, number>> = { float32: 1, int32: 6, int64: 7, bool: 9 };

/** A graph as it is written out: nodes in the order in which they may run. */
export interface WrittenGraph {
  readonly opset: number;
  readonly nodes: readonly GraphNode[];
  readonly inputs: readonly Tensor[];
  /** Names of tensors that nodes give. */
  readonly outputs: readonly string[];
  readonly constants: readonly Constant[];
  readonly weights: readonly { readonly tensor: Tensor; readonly numbers: Numbers }[];
}
export interface WrittenModel {
  readonly model: Uint8Array;
  /** Weights too large to be copied into the model, by the name that it knows them by. */
  readonly externalData: readonly { readonly path: string; readonly data: Uint8Array }[];
  /** Whether it draws numbers: a session goes on where its last run ended. */
  readonly draws: boolean;
}

/** A weight of this many bytes or more stays outside the model: protobuf would copy it twice. */
const EXTERNAL = 1 << 16;

/** Writes the model that the engine reads. */
export function written({ opset, nodes, inputs, outputs, constants, weights }: WrittenGraph): WrittenModel {
  const externalData: { path: string; data: Uint8Array }[] = [];
  const initializer = [
    ...constants.map((it) => inline(it, numbersOf(it.dtype, it.values, it.values.length))),
    ...weights.map(({ tensor, numbers }, i) => {
      if (numbers.byteLength < EXTERNAL) return inline(tensor, numbers);
      const path = `weight-${i}`;
      externalData.push({ path, data: rawBytes(numbers) });
      return outside(tensor, path, numbers.byteLength);
    }),
  ];
  const graph: onnxProto.onnx.IGraphProto = {
    name: "inlayer",
    node: nodes.map(nodeProto),
    input: inputs.map(valueInfo),
    // The sizes of outputs are left to the engine: what it finds is held against what was predicted.
    output: outputs.map((name) => ({ name })),
    initializer,
  };
  const model = onnx.ModelProto.encode({
    irVersion: IR_VERSION,
    opsetImport: [{ domain: "", version: opset }],
    producerName: "inlayer",
    graph,
  }).finish();
  return { model, externalData, draws: nodes.some(({ op }) => op.startsWith("Random")) };
}

export const nodeProto = ({ name, op, inputs, outputs, attributes }: GraphNode): onnxProto.onnx.INodeProto => ({
  ...{ name, opType: op, input: [...inputs], output: [...outputs] },
  attribute: Object.entries(attributes).map(([key, value]) => attribute(key, value)),
});
export const inline = (tensor: Tensor, numbers: Numbers): onnxProto.onnx.ITensorProto => {
  if (numbers.length !== elements(tensor)) throw new Error(`${tensor.name} is given ${numbers.length} numbers`);
  return { ...named(tensor), rawData: rawBytes(numbers) };
};
export const outside = (tensor: Tensor, path: string, length: number, offset = 0): onnxProto.onnx.ITensorProto => ({
  ...named(tensor),
  dataLocation: onnx.TensorProto.DataLocation.EXTERNAL,
  externalData: [
    { key: "location", value: path },
    { key: "offset", value: String(offset) },
    { key: "length", value: String(length) },
  ],
});
const named = ({ name, shape, dtype }: Tensor): onnxProto.onnx.ITensorProto => ({
  name,
  dims: [...shape],
  dataType: CODES[dtype],
});
/** A name stands for an axis of any length, undefined for one that nothing is said of. */
export const valueInfo = ({ name, shape, dtype }: Named): onnxProto.onnx.IValueInfoProto => ({
  name,
  type: { tensorType: { elemType: CODES[dtype], shape: { dim: shape.map(sizeOf) } } },
});
interface Named extends Pick<Tensor, "name" | "dtype"> {
  readonly shape: readonly (number | string | undefined)[];
}
const sizeOf = (n: number | string | undefined) =>
  typeof n === "number" ? { dimValue: n } : n === undefined ? {} : { dimParam: n };

function attribute(name: string, value: Attribute): onnxProto.onnx.IAttributeProto {
  if (typeof value === "number") return { name, type: AttributeType.INT, i: value };
  if (typeof value === "string") return { name, type: AttributeType.STRING, s: bytesOf(value) };
  if ("float" in value) return { name, type: AttributeType.FLOAT, f: value.float };
  if ("element" in value) return { name, type: AttributeType.INT, i: CODES[value.element] };
  if ("floats" in value) return { name, type: AttributeType.FLOATS, floats: [...value.floats] };
  const strings = value.filter((it) => typeof it === "string");
  if (strings.length > 0) return { name, type: AttributeType.STRINGS, strings: strings.map(bytesOf) };
  return { name, type: AttributeType.INTS, ints: value.filter((it) => typeof it === "number") };
}
const encoder = new TextEncoder();
const bytesOf = (text: string): Uint8Array => encoder.encode(text);

import type { LoweredWeight, Lowering } from "../../core/index.ts";
import type { RunOptions } from "../features/forward.ts";
import { DrawnWeights } from "./drawn.ts";
import { exported } from "./exported.ts";
import { madeInput } from "./inputs.ts";
import type { FromWorker, ToWorker } from "./messages.ts";
import { type WrittenGraph, written } from "./onnx.ts";
import { pixelsOf, readPicture } from "./pictures/picture.ts";
import { runRows } from "./rows.ts";
import { prepare, runOnce } from "./runtime.ts";
import { Sessions } from "./sessions.ts";
import { type Numbers, numbersOf } from "./tensors.ts";
import { wordsOf } from "./words.ts";

const SMALLEST: WrittenGraph = {
  opset: 21,
  nodes: [{ name: "y", op: "Relu", inputs: ["x"], outputs: ["y"], attributes: {} }],
  inputs: [],
  outputs: ["y"],
  constants: [{ name: "x", shape: [1], dtype: "float32", values: [1] }],
  weights: [],
};

/** What a run is given, pictures as their numbers; or why one cannot be read. */
async function unpacked(
  { inputs }: Lowering,
  options: RunOptions,
  jpeg: Uint8Array,
): Promise<ReadonlyMap<string, Numbers> | string> {
  const numbers = new Map<string, Numbers>();
  for (const [name, given] of options.inputs ?? []) {
    const raster = "wanted" in given ? await readPicture(given.bytes, jpeg) : undefined;
    if (raster !== undefined && "problem" in raster) return `the picture: ${raster.problem}`;
    const dtype = inputs.find((it) => it.name === name)?.dtype ?? "float32";
    if (!("wanted" in given)) numbers.set(name, given);
    else if (raster !== undefined) {
      const pixels = pixelsOf(raster, given.wanted);
      numbers.set(name, numbersOf(dtype, pixels, pixels.length));
    }
  }
  return numbers;
}

/** What a worker does, whatever kind of worker it is: runs one lowering after the other, and tells of each row. */
export function serve(post: (message: FromWorker) => void): (message: ToWorker) => void {
  const drawn = new DrawnWeights();
  const sessions = new Sessions();
  let jpeg: Uint8Array = new Uint8Array(0);
  const answer = async (message: ToWorker): Promise<void> => {
    if (message.kind === "start") {
      jpeg = message.wasm.jpeg;
      prepare(message.wasm.onnx);
      // The engine is compiled when it first runs something.
      await runOnce(written(SMALLEST), new Map(), ["y"]);
      return;
    }
    const { options } = message;
    const { seed } = options;
    const weights = (weight: LoweredWeight) => options.weights?.get(weight.name) ?? drawn.of(weight, seed);
    if (message.kind === "write") {
      const { model } = exported(message.graph, { numbers: weights, beside: "", inside: Number.POSITIVE_INFINITY });
      post({ kind: "done", outputs: [{ shape: [model.length], numbers: model }] });
      return;
    }
    const { lowering } = message;
    const kinds = new Map(lowering.inputs.map((it) => [it.name, it]));
    const given = await unpacked(lowering, options, jpeg);
    if (typeof given === "string") return post({ kind: "done", outputs: [], problem: given });
    const sources = {
      inputs: (name: string) => {
        const input = kinds.get(name);
        if (input === undefined) throw new Error(`there is no ${name}`);
        return given.get(name) ?? madeInput(input, seed);
      },
      weights,
    };
    const live = await runRows(lowering, sources, sessions.run, (row) => post({ kind: "row", row }));
    const made = options.wanted ? lowering.outputs.flatMap(({ name }) => live.get(name) ?? []) : [];
    // They are told apart by their order alone, so a part of them would be taken for others.
    const outputs = made.length === lowering.outputs.length ? made : [];
    post({ kind: "done", outputs: outputs.map(({ shape, numbers }) => ({ shape: [...shape], numbers })) });
  };
  let last: Promise<void> = Promise.resolve();
  return (message) => {
    last = last.then(() => answer(message)).catch((error: unknown) => post({ kind: "failed", words: wordsOf(error) }));
  };
}

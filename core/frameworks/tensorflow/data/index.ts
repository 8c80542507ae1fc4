import { int, unknown, type Value } from "../../../interpreter/values.ts";
import { unknown as unknownDim } from "../../../tensor/dim.ts";
import { fn } from "../../operation/call.ts";
import { DATASET, dataOf } from "./dataset.ts";
import { READERS, SOURCES, TENSOR_SPEC } from "./sources.ts";
import "./transforms.ts";

/** `tf.data` by its names. */
export { describeDataset } from "./dataset.ts";

const AUTOTUNE = int(-1);
const cardinality = fn("tf.data.experimental.cardinality", "dataset", (c) =>
  int(dataOf(c.value("dataset"))?.length ?? unknownDim("no data set")),
);

export const DATA: readonly (readonly [string, Value])[] = [
  ["tensorflow.TensorSpec", TENSOR_SPEC],
  ["tensorflow.data.Dataset", DATASET],
  ["tensorflow.data.AUTOTUNE", AUTOTUNE],
  ["tensorflow.data.experimental.AUTOTUNE", AUTOTUNE],
  ["tensorflow.data.experimental.cardinality", cardinality],
  ["tensorflow.data.Options", unknown("options of a data set")],
  ...READERS.map(([name, it]) => [`tensorflow.data.${name}`, it] as const),
  ...["choose_from_datasets", "sample_from_datasets"].flatMap((name) =>
    ["", "experimental."].map((at): readonly [string, Value] => [
      `tensorflow.data.${at}${name}`,
      SOURCES[name] as Value,
    ]),
  ),
];

import type { RuleInfo } from "../../../rules/registry.ts";

/** What Keras's rules say, each with a page of its own in docs/rules. */
export const KERAS_RULES: readonly RuleInfo[] = [
  { code: "bad-argument", severity: "error", summary: "An argument has a value that Keras refuses." },
  { code: "bad-reshape", severity: "error", summary: "The elements do not fit the shape that is asked for." },
  { code: "batch-in-input-shape", severity: "error", summary: "The shape of one sample holds the batch as well." },
  { code: "channels-order", severity: "error", summary: "Channels stand first in the shape of an image." },
  { code: "data-shape", severity: "error", summary: "The data does not fit the model's input." },
  {
    code: "dense-on-sequence",
    severity: "warning",
    summary: "A Dense works on each step, where one answer is wanted.",
  },
  { code: "disconnected-input", severity: "error", summary: "The outputs depend on something that is no input." },
  { code: "empty-output", severity: "error", summary: "Nothing is left of an axis." },
  { code: "incompatible-dtypes", severity: "error", summary: "Types that do not go together." },
  { code: "incompatible-input", severity: "error", summary: "A layer cannot take this input." },
  { code: "incompatible-shapes", severity: "error", summary: "Shapes that do not go together." },
  { code: "keras-version", severity: "information", summary: "The file is written for an older Keras." },
  {
    code: "label-encoding",
    severity: "error",
    summary: "Class numbers where one-hot rows are wanted, or rows for numbers.",
  },
  { code: "label-shape", severity: "error", summary: "The labels do not fit what the model yields." },
  { code: "lambda-output", severity: "error", summary: "Keras cannot infer what a Lambda yields." },
  { code: "loss-activation", severity: "warning", summary: "The loss reads what the last activation does not give." },
  { code: "memory", severity: "error", summary: "A weight that no machine holds." },
  { code: "missing-argument", severity: "error", summary: "An argument without a default is not given." },
  { code: "missing-batch-axis", severity: "error", summary: "One sample is given where a batch is expected." },
  {
    code: "output-units",
    severity: "error",
    summary: "The last layer gives another number of values than a label has.",
  },
  { code: "redundant-time-distributed", severity: "hint", summary: "A wrapper that changes nothing." },
  { code: "return-sequences", severity: "error", summary: "A recurrent layer gives all its steps, or only the last." },
  { code: "shared-layer-shape", severity: "error", summary: "A layer's weights do not fit its second input." },
  { code: "silent-broadcast", severity: "warning", summary: "An axis of 1 is stretched, and nothing raises." },
  { code: "softmax-axis", severity: "warning", summary: "A softmax over one value is always 1." },
  {
    code: "symbolic-tensor-in-function",
    severity: "error",
    summary: "A symbolic tensor in a function that computes.",
  },
  { code: "undefined-last-axis", severity: "error", summary: "A weight needs the size of an axis that is None." },
  { code: "unknown-argument", severity: "error", summary: "An argument that the layer does not have." },
];

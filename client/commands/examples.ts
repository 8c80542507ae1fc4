/** The programs that are shipped to be opened, a line about each. */
export const EXAMPLES: readonly { readonly file: string; readonly label: string; readonly detail: string }[] = [
  { file: "01_flatten_dense", label: "A model of one's own", detail: "A subclass: shapes inside call()" },
  {
    file: "02_time_distributed",
    label: "Each step by itself",
    detail: "TimeDistributed before a Flatten, and what it costs",
  },
  { file: "03_lstm", label: "Steps in order", detail: "An LSTM and its last state" },
  { file: "04_batch_in_input_shape", label: "Mistake: the batch in input_shape", detail: "Try its fix" },
  { file: "05_redundant_wrapper", label: "Mistake: a wrapper for nothing", detail: "TimeDistributed around a Dense" },
  { file: "06_out_of_memory", label: "Mistake: 52 GB of weights", detail: "A Flatten that stands too early" },
  { file: "07_last_axis", label: "What Dense does to two axes", detail: "It works on the last one" },
  { file: "08_add", label: "Layer by layer", detail: "A Sequential with add: try Refactor…" },
  { file: "09_pooling", label: "One answer for a sequence", detail: "Pooling over the steps" },
  { file: "10_ragged_lambda", label: "Mistake: a loop over steps", detail: "In a Lambda, where Keras cannot see it" },
  { file: "11_transpose", label: "Mistake: TensorFlow in a Keras model", detail: "And a second one behind it" },
  { file: "12_same_twice", label: "The same twice", detail: "Dense and TimeDistributed(Dense)" },
  { file: "13_three_ways", label: "Three ways to one shape", detail: "With three prices" },
  { file: "14_language_model", label: "A language model", detail: "Texts of any length" },
];

import type { Machine } from "../../interpreter/machine.ts";
import type { Violation } from "./define.ts";
import { versionIn } from "./version.ts";

/** What Keras 3 refuses and tf-keras 2.21 takes, by layer: the constraints of its declaration. */
const TAKEN: Readonly<Record<string, string>> = {
  AdditiveAttention: "weights-defined",
  AlphaDropout: "rate-accepted",
  BatchNormalization: "axis-accepted",
  Bidirectional: "directions-differ",
  Conv1D: "groups-accepted",
  Conv2D: "groups-accepted",
  Conv3D: "groups-accepted",
  ConvLSTM1D: "step-shape-defined padding-accepted strides-or-dilation",
  ConvLSTM2D: "step-shape-defined padding-accepted strides-or-dilation",
  ConvLSTM3D: "step-shape-defined padding-accepted strides-or-dilation",
  Dense: "units-accepted",
  Dropout: "noise_shape-accepted",
  Embedding: "input_dim-accepted output_dim-accepted",
  GRU: "units-accepted",
  GaussianDropout: "rate-accepted",
  GaussianNoise: "stddev-accepted",
  GroupNormalization: "groups-accepted",
  HashedCrossing: "input-count",
  Hashing: "hash-dtype",
  LeakyReLU: "alpha-accepted",
  MultiHeadAttention:
    "keys-match-values attention_axes-accepted key_dim-accepted num_heads-accepted output_shape-accepted " +
    "value_dim-accepted",
  Normalization: "moments-alike moments-per-axis",
  RandomContrast: "factor-accepted",
  RandomRotation: "factor-accepted",
  RandomTranslation: "height_factor-accepted",
  RandomZoom: "height_factor-accepted",
  RepeatVector: "n-accepted",
  Reshape: "target_shape-accepted",
  SimpleRNN: "units-accepted",
};

/** Those of them that the Keras of the program refuses too. */
export const refusedThere = (m: Machine, layer: string, violations: readonly Violation[]): readonly Violation[] =>
  violations.length === 0 || versionIn(m) === 3
    ? violations
    : violations.filter(({ constraint }) => TAKEN[layer]?.split(" ").includes(constraint) !== true);

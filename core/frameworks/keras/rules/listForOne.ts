import { itemsOf } from "../../../interpreter/containers.ts";
import type { Machine } from "../../../interpreter/machine.ts";
import type { Repair } from "../../../interpreter/record.ts";
import type { Args, Value } from "../../../interpreter/values.ts";
import type { LayerRecord } from "../runtime/records.ts";
import { isSymbolic } from "../runtime/tensors.ts";
import { versionIn } from "../version.ts";

/**
 * A list of tensors for a layer that takes one: `Dense(3)(LSTM(8, return_state=True)(x))`. Keras 3 refuses it, most
 * layers even a list of one; a few do to each what they do, and give a list too. Asked of each in Keras 3.15.1.
 */

const OF_ALL_RANKS = "Conv*D Conv*DTranspose Cropping*D ZeroPadding*D UpSampling*D ConvLSTM*D";
const REFUSING = named(
  `${OF_ALL_RANKS} AdaptiveAveragePooling*D AdaptiveMaxPooling*D SeparableConv1D SeparableConv2D DepthwiseConv1D ` +
    "DepthwiseConv2D MaxPooling2D MaxPooling3D AveragePooling2D AveragePooling3D Dense EinsumDense Embedding LSTM " +
    "GRU SimpleRNN RNN Bidirectional TimeDistributed BatchNormalization LayerNormalization GroupNormalization " +
    "RMSNormalization SpectralNormalization Normalization Flatten Reshape Permute RepeatVector Masking PReLU " +
    "CategoryEncoding Discretization",
);
/** These only a list of several. */
const REFUSING_SEVERAL = named(
  "MaxPooling1D AveragePooling1D GlobalMaxPooling*D GlobalAveragePooling*D SpatialDropout*D",
);
/** Once they are built they take any list. */
const TAKING = named("LayerNormalization RMSNormalization Normalization");
const DOING_EACH = named(
  "Dropout Activation ReLU Softmax GaussianNoise Rescaling Identity LeakyReLU ActivityRegularization ELU " +
    "UnitNormalization GaussianDropout AlphaDropout",
);
function named(patterns: string): ReadonlySet<string> {
  return new Set(
    patterns.split(" ").flatMap((it) => (/\*/.test(it) ? [1, 2, 3].map((n) => it.replace("*", `${n}`)) : it)),
  );
}

/** Why nothing is known of what comes out, where the layer is given a list of tensors in place of one. */
export function listForOne(m: Machine, record: LayerRecord, { list: [first] }: Args): string | undefined {
  const { declared = "" } = record;
  const items = first === undefined || first.name !== undefined ? undefined : tensorsIn(m, first.value);
  if (versionIn(m) !== 3 || items === undefined || first === undefined) return undefined;
  if (DOING_EACH.has(declared)) return `${declared} gives a list for a list`;
  if (!REFUSING.has(declared) && !(items > 1 && REFUSING_SEVERAL.has(declared))) return undefined;
  if (record.built && (items === 1 || TAKING.has(declared))) return `what ${declared} makes of a list is not known`;
  const place = first.place ?? m.here;
  const repair: Repair = {
    title: "Give it the first of them: [0]",
    preferred: true,
    edits: [{ place, text: "[0]", form: "behind" }],
  };
  const message = `${declared} takes one tensor, and this is a list of ${items}`;
  const repairs = first.node?.kind === "List" || first.node?.kind === "Tuple" ? [] : [repair];
  m.report({ code: "incompatible-input", severity: "error", place, message, related: [], repairs });
  return message;
}

/** How many tensors a list or a tuple holds, where it holds symbolic tensors and nothing else. */
function tensorsIn(m: Machine, value: Value): number | undefined {
  const items = itemsOf(m, value);
  const isPlain = items?.every((it) => it.kind === "tensor" && isSymbolic(it)) === true && items.length > 0;
  return isPlain ? items.length : undefined;
}

import type { Machine } from "../../../interpreter/machine.ts";
import type { PlacedEdit } from "../../../interpreter/record.ts";
import type { Arg, Args, Instance, Value } from "../../../interpreter/values.ts";
import type { Expression } from "../../../python/syntax.ts";
import { callParameters } from "../runtime/callParameters.ts";
import { partsOf } from "../runtime/parts.ts";
import type { LayerRecord } from "../runtime/records.ts";
import { versionIn } from "../version.ts";

/**
 * `layer(x, True)`: Keras 3 takes nothing but tensors by their places, of a class of one's own and of a model too;
 * `training=True` says it. Source: keras.src.layers.layer.Layer.__call__.
 */

/** These allow it, or fail otherwise. Asked of Keras 3.15.1 for `_allow_non_tensor_positional_args`. */
const ALLOWING: ReadonlySet<string> = new Set(
  (
    "AugMix AutoContrast CategoryEncoding CenterCrop ContrastLimitedAdaptiveHistogramEqualization CutMix " +
    "Discretization Equalization HashedCrossing Hashing IntegerLookup MaxNumBoundingBoxes MelSpectrogram MixUp " +
    "Normalization Pipeline RandAugment RandomBrightness RandomColorDegeneration RandomColorJitter RandomContrast " +
    "RandomCrop RandomElasticTransform RandomErasing RandomFlip RandomGaussianBlur RandomGrayscale RandomHue " +
    "RandomInvert RandomPerspective RandomPosterization RandomRotation RandomSaturation RandomSharpness RandomShear " +
    "RandomTranslation RandomZoom Rescaling Resizing Solarization StringLookup TextVectorization"
  )
    .split(" ")
    .map((name) => `keras.layers.${name}`),
);

/** Reports what a call of a layer is given by its place that is certainly no tensor. */
export function onlyTensors(m: Machine, self: Instance, { model }: LayerRecord, args: Args): void {
  const first = args.list.findIndex((it) => it.name === undefined && isNoTensor(m, it));
  const arg = args.list[first];
  if (arg === undefined || versionIn(m) !== 3 || model?.kind === "functional") return;
  if (self.class.mro.some((it) => it.qualifiedName !== undefined && ALLOWING.has(it.qualifiedName))) return;
  const names = callParameters(m, self);
  const behind = args.list.slice(first).filter((it) => it.name === undefined);
  const edits = behind.flatMap(({ place }, i): readonly PlacedEdit[] => {
    const text = names[first + i];
    return place === undefined || text === undefined ? [] : [{ place, text, form: "as keyword" }];
  });
  const name = names[first];
  const isWhole = first > 0 && edits.length === behind.length;
  const what = first > 0 && name !== undefined ? `: say ${name}=…` : "";
  m.report({
    code: "bad-argument",
    severity: "error",
    place: arg.place ?? m.here,
    message: `Keras 3 takes only tensors by their places in the call of a layer, and this is none${what}`,
    related: [],
    repairs: isWhole ? [{ title: `${name}=…`, preferred: true, edits }] : [],
  });
}

/** A number may be one of NumPy's, which Keras makes a tensor of; what the program writes is Python's. */
const isNoTensor = (m: Machine, { value, node }: Arg): boolean =>
  holdsOther(m, value) || (node !== undefined && isWritten(node));

const holdsOther = (m: Machine, value: Value): boolean =>
  value.kind === "bool" || value.kind === "str" || partsOf(m, value).some((it) => holdsOther(m, it));

function isWritten(node: Expression): boolean {
  if (node.kind === "List" || node.kind === "Tuple") return node.items.length > 0 && node.items.every(isWritten);
  if (node.kind !== "Constant") return false;
  return node.value.kind === "int" || node.value.kind === "float";
}

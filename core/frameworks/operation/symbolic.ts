import { iterate } from "../../interpreter/iterate.ts";
import type { Machine } from "../../interpreter/machine.ts";
import { cellValue } from "../../interpreter/names.ts";
import type { PlacedEdit, Repair } from "../../interpreter/record.ts";
import { type Args, numberOf, type Place, type TensorValue } from "../../interpreter/values.ts";
import type { Expression } from "../../python/syntax.ts";
import { printShape } from "../../tensor/shape.ts";

/**
 * A symbolic tensor of a functional model in a function that computes. Keras 3 raises a ValueError: "A KerasTensor
 * cannot be used as input to a TensorFlow function", or for NumPy's that it has no numerical value.
 */
export function refuseSymbolic(m: Machine, name: string, tensor: TensorValue, args: Args): void {
  const same = EQUIVALENTS[name.replace(/^tensorflow\.(math|nn|linalg|random)?\.?|^numpy\.|^keras\.backend\./, "")];
  const advice =
    same === undefined
      ? "Do it in a layer of your own or in a keras.layers.Lambda."
      : `Use keras.ops.${same.name}, or do it in a layer of your own or a keras.layers.Lambda.`;
  const short = name.replace(/^tensorflow\./, "tf.").replace(/^numpy\./, "np.");
  const message =
    `${short} is given the symbolic tensor ${printShape(tensor.shape)} of a functional model. In Keras 3 that ` +
    `raises a ` +
    `ValueError: a KerasTensor has no values that it could compute with. ${advice}`;
  const repairs = [same && replacement(m, same, args), permuted(m, args)].filter((it) => it !== undefined);
  m.report({
    code: "symbolic-tensor-in-function",
    severity: "error",
    place: m.here,
    message,
    related: tensor.origin === undefined ? [] : [{ place: tensor.origin, message: "the symbolic tensor" }],
    repairs,
  });
}

interface Equivalent {
  readonly name: string;
  /** Arguments that have another name in `keras.ops`. */
  readonly renamed?: Readonly<Record<string, string>>;
  /** Arguments that `keras.ops` has not; with one of them there is no repair. */
  readonly only?: readonly string[];
}
const plain = (name: string, renamed?: Readonly<Record<string, string>>): Equivalent =>
  renamed === undefined ? { name } : { name, renamed };
const input = { input_tensor: "x" };
const features = { features: "x" };

/** Functions of `keras.ops` that mean the same for the arguments that both take, in the same order. */
const EQUIVALENTS: Readonly<Record<string, Equivalent>> = {
  ...Object.fromEntries(
    (
      "abs add ceil cos equal exp floor greater greater_equal less less_equal log log1p logical_and logical_not " +
      "logical_or maximum minimum multiply negative not_equal round rsqrt sigmoid sign sin sqrt square subtract " +
      "tan tanh " +
      "cast einsum reshape_ expm1 sinh cosh mean sum prod max min argmax argmin expand_dims squeeze concatenate " +
      "stack where clip " +
      "log_sigmoid divide swapaxes moveaxis ravel flip any all var std dot matmul"
    )
      .split(" ")
      .map((name) => [name, plain(name)]),
  ),
  pow: plain("power", { x: "x1", y: "x2" }),
  reshape: plain("reshape", { tensor: "x", shape: "newshape" }),
  transpose: plain("transpose", { a: "x", perm: "axes" }),
  permute_dimensions: plain("transpose", { pattern: "axes" }),
  concat: plain("concatenate", { values: "xs" }),
  reduce_sum: plain("sum", input),
  reduce_mean: plain("mean", input),
  reduce_max: plain("max", input),
  reduce_min: plain("min", input),
  reduce_prod: plain("prod", input),
  reduce_any: plain("any", input),
  reduce_all: plain("all", input),
  reduce_logsumexp: plain("logsumexp", input),
  tile: plain("tile", { input: "x", multiples: "repeats" }),
  pad: plain("pad", { tensor: "x", paddings: "pad_width" }),
  clip_by_value: plain("clip", { t: "x", clip_value_min: "x_min", clip_value_max: "x_max" }),
  stop_gradient: plain("stop_gradient", { input: "variable" }),
  relu: plain("relu", features),
  relu6: plain("relu6", features),
  elu: plain("elu", features),
  selu: plain("selu", features),
  silu: plain("silu", features),
  swish: plain("silu", features),
  softplus: plain("softplus", features),
  softsign: plain("softsign", features),
  leaky_relu: plain("leaky_relu", { features: "x", alpha: "negative_slope" }),
  softmax: plain("softmax", { logits: "x" }),
  log_softmax: plain("log_softmax", { logits: "x" }),
  zeros_like: plain("zeros_like", { input: "x" }),
  ones_like: plain("ones_like", { input: "x" }),
  shape: plain("shape", { input: "x" }),
  convert_to_tensor: plain("convert_to_tensor", { value: "x" }),
  tensordot: plain("tensordot", { a: "x1", b: "x2" }),
  unstack: plain("unstack", { value: "x" }),
  split: plain("split", { value: "x", num_or_size_splits: "indices_or_sections" }),
};

/** Another function in the place of the one that is called, with its argument names. */
function replacement(m: Machine, same: Equivalent, args: Args): Repair | undefined {
  const { site } = m;
  if (site?.kind !== "Call") return undefined;
  const path = opsPath(m);
  if (path === undefined) return undefined;
  const edits: PlacedEdit[] = [{ place: m.place(site.callee), text: `${path}.${same.name}` }];
  for (const { name, place } of args.list) {
    if (name === undefined || place === undefined) continue;
    const renamed = same.renamed?.[name] ?? name;
    if (renamed !== name) edits.push({ place: nameOnly(place, name), text: renamed });
  }
  return { title: `Use ${path}.${same.name}`, preferred: true, edits };
}
/** `transpose(x, perm=[0, 2, 1])` as a layer, where the batch stays in front: `Permute((2, 1))(x)`. */
function permuted(m: Machine, args: Args): Repair | undefined {
  const { site } = m;
  const path = opsPath(m);
  const order = args.list.find((it) => ["perm", "axes", "pattern"].includes(it.name ?? "")) ?? args.list[1];
  const [first] = site?.kind === "Call" ? site.args : [];
  if (site?.kind !== "Call" || path === undefined || order === undefined || first?.kind !== "positional")
    return undefined;
  if (!/(^|\.)(transpose|permute_dimensions)$/.test(nameOf(site.callee))) return undefined;
  const axes = iterate(m, order.value).items.map(numberOf);
  if (axes[0] !== 0 || axes.length < 3 || axes.includes(undefined)) return undefined;
  const layersPath = path === "ops" ? "layers" : path.replace(/ops$/, "layers");
  const layer = `Permute((${axes.slice(1).join(", ")}))`;
  const rest = m.place({ span: { start: first.span.end, end: site.argsSpan.end - 1 } });
  return {
    title: layer,
    preferred: false,
    edits: [
      { place: m.place(site.callee), text: `${layersPath}.${layer}` },
      { place: rest, text: "" },
    ],
  };
}
const nameOf = (callee: Expression): string =>
  callee.kind === "Attribute" ? `${nameOf(callee.object)}.${callee.name}` : callee.kind === "Name" ? callee.name : "";

const nameOnly = (place: Place, name: string): Place => ({
  ...place,
  span: { start: place.span.start, end: place.span.start + name.length },
});

/** How `keras.ops` can be written where the program stands, by the modules that it imported. */
function opsPath(m: Machine): string | undefined {
  let fallback: string | undefined;
  for (let scope: typeof m.scope | undefined = m.scope; scope !== undefined; scope = scope.parent) {
    for (const [name, cell] of scope.cells) {
      const value = cellValue(m.read(cell));
      if (value?.kind !== "module" || value.scope !== undefined) continue;
      if (/(^|\.)keras\.ops$/.test(value.name)) return name;
      if (/(^|\.)keras$/.test(value.name)) fallback = `${name}.ops`;
      if (value.name === "tensorflow") fallback ??= `${name}.keras.ops`;
    }
  }
  return fallback;
}

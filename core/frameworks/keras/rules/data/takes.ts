import type { Machine } from "../../../../interpreter/machine.ts";
import type { Instance } from "../../../../interpreter/values.ts";
import { provablyDifferent } from "../../../../tensor/dim.ts";
import type { AnyShape } from "../../../../tensor/shape.ts";
import type { TensorType } from "../../../../tensor/type.ts";
import type { Inference } from "../../define.ts";
import { LAYERS } from "../../layers/index.ts";
import { givenOf } from "../../runtime/layerCall.ts";
import { rulesFor } from "../../runtime/policy.ts";
import { type LayerRecord, type ModelRecord, nodeOf, recordOf } from "../../runtime/records.ts";

type Functional = Extract<ModelRecord, { readonly kind: "functional" }>;
type Weights = "built anew" | "as built";

/**
 * Whether the layers of a model would take an input of another shape, one after the other: built anew for it, or with
 * the weights that they have. Undefined where that is not known: for a layer of the user's own, a model inside.
 */
export function wouldTake(m: Machine, record: LayerRecord, input: AnyShape, weights: Weights): boolean | undefined {
  if (record.model?.kind === "functional") return wouldRun(m, record.model, input, weights);
  let shape: AnyShape = input;
  for (const layer of layersOf(record)) {
    const outputs = outputsOf(m, layer, [{ shape, dtype: "float32" }], weights);
    if (outputs === undefined || outputs === false) return outputs;
    const [first] = outputs;
    if (first === undefined || outputs.length > 1) return undefined;
    ({ shape } = first);
  }
  return record.model?.kind === "sequential" ? true : undefined;
}

/** The graph of a functional model of one input, run on another shape. */
function wouldRun(m: Machine, model: Functional, input: AnyShape, weights: Weights): boolean | undefined {
  const [old, ...others] = model.flatInputs;
  if (old === undefined || others.length > 0) return undefined;
  const fresh = new Map<number, TensorType>([[old.id, { shape: input, dtype: old.dtype }]]);
  for (const id of model.nodes) {
    const node = nodeOf(m, id);
    if (node === undefined || !node.inputs.some((it) => fresh.has(it.id))) continue;
    if (node.operation.kind !== "layer") return undefined;
    const inputs = node.inputs.map((it) => fresh.get(it.id) ?? it);
    const outputs = outputsOf(m, node.operation.layer, inputs, weights);
    if (outputs === undefined || outputs === false) return outputs;
    if (outputs.length !== node.outputs.length) return undefined;
    node.outputs.forEach((it, i) => {
      fresh.set(it.id, outputs[i] ?? it);
    });
  }
  return true;
}

/** What a layer makes of inputs; false where it refuses them, undefined where that is not known. */
function outputsOf(
  m: Machine,
  layer: Instance,
  inputs: readonly TensorType[],
  weights: Weights,
): readonly TensorType[] | false | undefined {
  const inner = recordOf(m, layer);
  const declaration = LAYERS.get(inner?.declared ?? "");
  if (inner === undefined || declaration === undefined) return undefined;
  const surroundings = { ...rulesFor(m, inner), inner: () => NOTHING };
  const given = givenOf(m, inner, declaration.args);
  const { violations, outputs, weights: fresh } = declaration.infer(given, inputs, surroundings);
  if (violations.length > 0) return false;
  if (weights === "as built" && fresh.some((it, i) => differ(it.shape, inner.weights[i]?.shape))) return false;
  if (outputs === undefined) return undefined;
  return "shape" in outputs ? [outputs] : outputs;
}
const NOTHING: Inference = { violations: [], outputs: undefined, weights: [] };

/** All layers of a Sequential; of another model the input may go anywhere. */
const layersOf = ({ model }: LayerRecord): readonly Instance[] => (model?.kind === "sequential" ? model.layers : []);

const differ = (a: readonly Parameters<typeof provablyDifferent>[0][], b: typeof a | undefined): boolean =>
  b !== undefined && (a.length !== b.length || a.some((dim, i) => provablyDifferent(dim, b[i] ?? dim)));

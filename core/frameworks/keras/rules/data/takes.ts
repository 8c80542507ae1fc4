import type { Machine } from "../../../../interpreter/machine.ts";
import type { Instance } from "../../../../interpreter/values.ts";
import { provablyDifferent } from "../../../../tensor/dim.ts";
import type { AnyShape } from "../../../../tensor/shape.ts";
import type { Inference } from "../../define.ts";
import { LAYERS } from "../../layers/index.ts";
import { givenOf } from "../../runtime/layerCall.ts";
import { rulesFor } from "../../runtime/policy.ts";
import { type LayerRecord, recordOf } from "../../runtime/records.ts";

/**
 * Whether the layers of a model would take an input of another shape, one after the other: built anew for it, or with
 * the weights that they have. Undefined where that is not known: for a layer of the user's own, a model inside.
 */
export function wouldTake(
  m: Machine,
  record: LayerRecord,
  input: AnyShape,
  weights: "built anew" | "as built",
): boolean | undefined {
  let shape: AnyShape = input;
  for (const layer of layersOf(record)) {
    const inner = recordOf(m, layer);
    const declaration = LAYERS.get(inner?.declared ?? "");
    if (inner === undefined || declaration === undefined) return undefined;
    const surroundings = { ...rulesFor(m, inner), inner: () => NOTHING };
    const given = givenOf(m, inner, declaration.args);
    const {
      violations,
      outputs,
      weights: fresh,
    } = declaration.infer(given, [{ shape, dtype: "float32" }], surroundings);
    if (violations.length > 0) return false;
    if (weights === "as built" && fresh.some((it, i) => differ(it.shape, inner.weights[i]?.shape))) return false;
    if (outputs === undefined || !("shape" in outputs)) return undefined;
    ({ shape } = outputs);
  }
  return record.model?.kind === "sequential" ? true : undefined;
}
const NOTHING: Inference = { violations: [], outputs: undefined, weights: [] };

/** All layers of a Sequential; of another model the input may go anywhere. */
const layersOf = ({ model }: LayerRecord): readonly Instance[] => (model?.kind === "sequential" ? model.layers : []);

const differ = (a: readonly Parameters<typeof provablyDifferent>[0][], b: typeof a | undefined): boolean =>
  b !== undefined && (a.length !== b.length || a.some((dim, i) => provablyDifferent(dim, b[i] ?? dim)));

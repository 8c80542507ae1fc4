import type { CardSubject, CardWeight } from "../../../card.ts";
import type { PlacedDetails } from "../../../interpreter/framework.ts";
import { type HeapEntry, same } from "../../../interpreter/heap.ts";
import type { Machine } from "../../../interpreter/machine.ts";
import { Persistent } from "../../../interpreter/persistent.ts";
import { type Instance, numberOf, type Place, type Value } from "../../../interpreter/values.ts";
import type { Dim } from "../../../tensor/dim.ts";
import { LAYERS } from "../layers/index.ts";
import { parametersOf, weightBytes } from "../runtime/cost.ts";
import { macsOf } from "../runtime/macs.ts";
import { inputsOf } from "../runtime/modelCall.ts";
import { type LayerRecord, recordIn, recordOf } from "../runtime/records.ts";
import { modelOutputs } from "../runtime/reports.ts";
import { innerLayers } from "../runtime/tracking.ts";
import { computedArguments } from "./arguments.ts";
import { callText } from "./call.ts";
import { documentationOf } from "./documentation.ts";
import { parameterFormula } from "./formula.ts";
import { denseWays } from "./ways.ts";

/** What a card says of a layer or a model, and of one call of a layer. */
export function detailsOf(m: Machine, value: Value, called: CardSubject | undefined): PlacedDetails | undefined {
  const record = recordOf(m, value);
  if (value.kind !== "instance" || record === undefined) return undefined;
  return record.model === undefined ? layerDetails(m, value, record, called) : modelDetails(m, value, record);
}

function layerDetails(m: Machine, self: Instance, record: LayerRecord, called: CardSubject | undefined): PlacedDetails {
  const [input] = called?.inputs ?? [];
  return {
    kind: "layer",
    title: record.type,
    call: record.declared === undefined ? undefined : callText(m, record),
    name: knownName(record),
    summary: LAYERS.get(record.declared ?? "")?.summary,
    documentation: documentationOf(record.declared),
    ...costOf(m, self, record),
    weights: weightsIn(m, self, true, "").slice(0, LISTED),
    formula: formulaOf(m, self, record),
    macs: called && macsIn(m, self, called),
    ways: input === undefined ? undefined : denseWays(m, record, input),
    place: record.place,
    computed: computedArguments(m, record),
  };
}

function modelDetails(m: Machine, self: Instance, record: LayerRecord): PlacedDetails {
  const inputs = inputsOf(record.model) ?? record.inputs;
  return {
    kind: "model",
    title: record.type,
    name: knownName(record),
    ...costOf(m, self, record),
    weights: [],
    inputs: inputs?.map(({ shape, dtype }) => ({ shape, dtype })),
    outputs: modelOutputs(m, record),
    place: record.place,
  };
}

const knownName = ({ name }: LayerRecord): string | undefined => (name === "?" || name === "" ? undefined : name);

function costOf(
  m: Machine,
  self: Instance,
  record: LayerRecord,
): Pick<PlacedDetails, "params" | "trainable" | "weightBytes"> {
  const { total, trainable, weights } = parametersOf(m, self);
  if (total === undefined || isUnbuilt(m, self, record, 0)) return { params: undefined };
  return { params: total, trainable, weightBytes: weightBytes(weights) };
}

/** What was never built has no weights yet: that is no zero. */
function isUnbuilt(m: Machine, self: Instance, record: LayerRecord, depth: number): boolean {
  const mayHave = record.declared === undefined || LAYERS.get(record.declared)?.weighted !== false;
  const inside = innerLayers(m, self);
  if (!record.built && mayHave && inside.length === 0 && record.weights.length === 0) return true;
  return (
    depth < DEEPEST &&
    inside.some((it) => {
      const inner = recordOf(m, it);
      return inner !== undefined && isUnbuilt(m, it, inner, depth + 1);
    })
  );
}

/** Weights that a card lists; the count says how many there are in all. */
const LISTED = 24;

/** The weights, those of layers inside it behind their names: `dense/kernel`. */
function weightsIn(m: Machine, self: Instance, trainable: boolean, prefix: string): readonly CardWeight[] {
  const record = recordOf(m, self);
  if (record === undefined) return [];
  const trains = trainable && record.trainable;
  const own = record.weights.map(({ name, shape, dtype, trainable: its }) => ({
    name: `${prefix}${name}`,
    shape,
    dtype,
    trainable: trains && its,
  }));
  // A wrapper counts the weights of what it wraps among its own.
  const others = innerLayers(m, self).filter((it) => !record.inner.some((inner) => inner.id === it.id));
  if (prefix.split("/").length > DEEPEST) return own;
  return [...own, ...others.flatMap((it) => weightsIn(m, it, trains, `${prefix}${recordOf(m, it)?.name ?? "?"}/`))];
}
const DEEPEST = 6;

/** Only where all weights are its own: of layers that hold layers the sum says nothing. */
function formulaOf(m: Machine, self: Instance, record: LayerRecord): string | undefined {
  const { total, weights } = parametersOf(m, self);
  if (record.declared === undefined || total === undefined || weights.length !== record.weights.length)
    return undefined;
  const unit = numberOf((record.args["units"] ?? record.args["filters"])?.value);
  return parameterFormula(record.weights, unit ?? innerUnit(m, record));
}
function innerUnit(m: Machine, record: LayerRecord): number | undefined {
  const [inner] = record.inner;
  return numberOf(recordOf(m, inner)?.args["units"]?.value);
}

function macsIn(m: Machine, self: Instance, { inputs, outputs }: CardSubject): Dim | undefined {
  const output = "shape" in outputs ? outputs : outputs[0];
  return output && macsOf(m, self, inputs, output);
}

/** Layers and models that were made at a place, in the order of their identities. */
export function madeAt(m: Machine, { path, statement, span }: Place): readonly Instance[] {
  const found: Instance[] = [];
  Persistent.empty<HeapEntry>().differs(m.state, (_id, _nothing, entry) => {
    const record = recordIn(entry);
    const place = record?.place;
    const isHere =
      record !== undefined && place?.path === path && place.statement === statement && same(place.span, span);
    if (isHere) found.push(record.self);
    return false;
  });
  return found;
}

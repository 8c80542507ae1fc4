import type { Machine } from "../../../../interpreter/machine.ts";
import type { PlacedEdit, Repair } from "../../../../interpreter/record.ts";
import { type Arg, numberOf, type Place } from "../../../../interpreter/values.ts";
import { asNumber } from "../../../../tensor/dim.ts";
import type { Ranked } from "../../../operation/ranked.ts";
import type { LayerRecord } from "../../runtime/records.ts";
import type { Pair } from "./clash.ts";
import { leadsTo, pathTo } from "./path.ts";

/** What goes around a block of convolutions does not fit what comes out of it: it is projected, as in a ResNet. */

/** Where two tensors are merged: by a layer, which has a name, or by an operator. */
export interface Merge {
  readonly place: Place;
  readonly declared?: string | undefined;
}
/** Which of a pair goes through layers that the other goes around. */
export const insideOf = (m: Machine, { a, b }: Pair): Ranked | undefined =>
  leadsTo(m, a, b) ? b : leadsTo(m, b, a) ? a : undefined;

/** A convolution of one pixel brings it to the block's channels, and steps over as many rows as the block does. */
export function shortcut(m: Machine, merge: Merge, pair: Pair): Repair | undefined {
  const inside = insideOf(m, pair);
  if (inside === undefined) return undefined;
  const { a, b, at, axes } = pair;
  const [around, index] = inside === a ? [b, at.b] : [a, at.a];
  const rows = axes.filter((axis) => axis < a.shape.rank - 1);
  const ratios = new Set(rows.map((axis) => asNumber(around.shape.at(axis)) / asNumber(inside.shape.at(axis))));
  const [ratio = 1] = ratios;
  const block = pathTo(m, inside);
  const last = block.find(({ declared }) => /^Conv\dD$/.test(declared ?? ""));
  const filters = last === undefined ? undefined : saidOf(last.args["filters"]);
  if (last?.declared === undefined || filters === undefined || ratios.size > 1 || !Number.isInteger(ratio))
    return undefined;
  const steps = ratio === 1 ? undefined : (stepsOf(block, ratio) ?? String(ratio));
  const layer = `${last.declared}(${filters}, 1${steps === undefined ? "" : `, strides=${steps}`})`;
  return { title: `Insert ${layer} around the block`, preferred: true, edits: [insertedAt(merge, index, layer)] };
}

const insertedAt = ({ place, declared }: Merge, index: number, layer: string): PlacedEdit =>
  declared === undefined
    ? { place, text: `${index} ${layer}`, form: "around operand" }
    : { place, text: `${index} ${declared} ${layer}`, form: "around item" };

/** The steps of the one layer of the block that has so many, if they have a name: in each call they may be others. */
function stepsOf(block: readonly LayerRecord[], ratio: number): string | undefined {
  const named = block.flatMap(({ args: { strides } }) => (strides?.node?.kind === "Name" ? [strides] : []));
  const [only, ...others] = named.filter(({ value }) => sizeIn(value) === ratio);
  return only !== undefined && others.length === 0 ? saidOf(only) : undefined;
}
const sizeIn = (value: Arg["value"]): number | undefined => numberOf(value.kind === "tuple" ? value.items[0] : value);

const saidOf = (arg: Arg | undefined): string | undefined =>
  arg?.node?.kind === "Name" ? arg.node.name : arg?.value.kind === "int" ? String(arg.value.size) : undefined;

import type { Machine } from "../../../interpreter/machine.ts";
import type { Repair } from "../../../interpreter/record.ts";
import { product } from "../../../tensor/dim.ts";
import { hasRank, printShape } from "../../../tensor/shape.ts";
import { weightBytes } from "../runtime/cost.ts";
import { type LayerRecord, recordOf } from "../runtime/records.ts";
import { type LayerCall, placeOf } from "./layerCallRule.ts";
import { gigabytes, LIMIT } from "./memory.ts";
import { before } from "./passedOn.ts";

/** Numbers in a kernel from which on it is worth knowing where they come from. */
const MANY = 20_000_000;
/** Training with Adam, Keras's usual optimizer, keeps of each weight itself, its gradient and two moments. */
const COPIES = 4;

const PASSING = new Set(["Flatten", "Dropout", "BatchNormalization", "Activation", "ReLU", "LeakyReLU"]);

/** A Flatten makes an axis so long that the kernel of the Dense behind it holds most of what there is to train. */
export function flattenExplosion(m: Machine, { record, input }: LayerCall): void {
  const [kernel] = record.declared === "Dense" && !input.assumed ? record.weights : [];
  const count = kernel === undefined ? undefined : product(kernel.shape);
  if (kernel === undefined || typeof count !== "number" || count < MANY) return;
  const flatten = before(m, recordOf(m, record.from), PASSING, (it) => (it.declared === "Flatten" ? it : undefined));
  const given = flatten?.inputs?.[0]?.shape;
  const bytes = weightBytes([kernel]) ?? 0;
  // Beyond that is `memory`.
  if (flatten === undefined || given === undefined || !hasRank(given) || bytes > LIMIT) return;
  const isTooMuch = bytes * COPIES > LIMIT;
  const training = isTooMuch ? `: training it with Adam takes ${gigabytes(bytes * COPIES)}` : "";
  m.report({
    code: "flatten-explosion",
    severity: isTooMuch ? "warning" : "hint",
    place: placeOf(m, record),
    message:
      `The kernel of this Dense holds ${count.toLocaleString("en-US")} weights, ${gigabytes(bytes)}, ` +
      `because ${flatten.name} makes one axis of ${printShape(given)}${training}`,
    related: [{ place: flatten.place, message: `${printShape(given)} is flattened here` }],
    repairs: poolings(flatten, given.rank),
  });
}

/** The mean or the largest over the places, in the place of the Flatten. */
function poolings({ place }: LayerRecord, rank: number): readonly Repair[] {
  if (rank < 3 || rank > 5) return [];
  return ["GlobalAveragePooling", "GlobalMaxPooling"].map((name, i) => {
    const layer = `${name}${rank - 2}D`;
    const edit = { place, text: `Flatten ${layer}`, form: "respell" };
    return { title: `${layer} in the place of Flatten`, preferred: i === 0, edits: [edit] };
  });
}

import type { Repair } from "../../../../interpreter/record.ts";
import { hasRank } from "../../../../tensor/shape.ts";
import type { LayerRecord } from "../../runtime/records.ts";
import { before } from "../passedOn.ts";
import { type Explanation, makerOf, type Refusal } from "./index.ts";
import { wantedRank } from "./missingAxis.ts";

/** A layer before took the axes that a layer behind it reads: a Flatten or a global pooling stands too early. */
export function flattenedBefore({ m, record, violation, tensors }: Refusal): Explanation | undefined {
  const rank = wantedRank(record.declared);
  if (violation.constraint !== "input-rank" || rank === undefined) return undefined;
  const taker = before(m, makerOf(m, tensors[0]), PASSING, (it) => (TAKES.test(it.declared ?? "") ? it : undefined));
  const shape = taker?.inputs?.[0]?.shape;
  if (taker?.declared === undefined || shape === undefined || !hasRank(shape)) return undefined;
  const { declared, name, place } = taker;
  const message = `${violation.message}: ${name} before it has taken the axes that ${record.name} reads`;
  if (declared === "Flatten" && rank === 3 && shape.rank > 3) return { place, message, repairs: [everyStep(taker)] };
  if (shape.rank !== rank) return undefined;
  const without: Repair = {
    title: `Without this ${declared}`,
    preferred: true,
    edits: [{ place, text: "", form: "no layer" }],
  };
  const isMap =
    declared === "Flatten" && /^(?:Conv|SeparableConv|MaxPooling|AveragePooling)\dD$/.test(record.declared ?? "");
  return { place, message, repairs: isMap ? [moved(taker, record), without] : [without] };
}

/** It stands behind the layer that reads the axes. */
const moved = ({ place }: LayerRecord, reader: LayerRecord): Repair => ({
  title: `Flatten() behind ${reader.name}`,
  preferred: true,
  edits: [
    { place, text: "", form: "no layer" },
    { place: reader.place, text: "Flatten()", form: "layer after" },
  ],
});
/** The frames of a sequence are flattened one by one: `TimeDistributed(Flatten())`. */
const everyStep = ({ place }: LayerRecord): Repair => ({
  title: "TimeDistributed(Flatten()): each step by itself",
  preferred: true,
  edits: [{ place, text: "TimeDistributed", form: "wrap" }],
});

const TAKES = /^(?:Flatten|Lambda|Reshape|Global\w+Pooling\dD)$/;
/** Layers whose output has as many axes as their input. */
const PASSING = new Set(["Dropout", "BatchNormalization", "Activation", "LeakyReLU", "ReLU", "MultiHeadAttention"]);

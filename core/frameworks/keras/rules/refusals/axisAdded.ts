import { hasRank } from "../../../../tensor/shape.ts";
import { before } from "../passedOn.ts";
import { type Explanation, makerOf, type Refusal } from "./index.ts";
import { wantedRank } from "./missingAxis.ts";

/** A layer before added an axis to what would have fitted: an Embedding of what is a vector already, a Reshape. */
export function axisAdded({ m, record, violation, tensors }: Refusal): Explanation | undefined {
  const rank = wantedRank(record.declared);
  if (violation.constraint !== "input-rank" || rank === undefined) return undefined;
  const adder = before(m, makerOf(m, tensors[0]), PASSING, (it) =>
    /^(?:Embedding|RepeatVector|Reshape)$/.test(it.declared ?? "") ? it : undefined,
  );
  const shape = adder?.inputs?.[0]?.shape;
  if (adder === undefined || shape === undefined || !hasRank(shape) || shape.rank !== rank) return undefined;
  const edits = [{ place: adder.place, text: "", form: "no layer" }];
  return {
    place: adder.place,
    message: `${violation.message}: ${adder.name} before it has added an axis`,
    repairs: [{ title: `Without this ${adder.declared}`, preferred: true, edits }],
  };
}
const PASSING = new Set(["Dropout", "SpatialDropout1D", "BatchNormalization", "LayerNormalization", "Activation"]);

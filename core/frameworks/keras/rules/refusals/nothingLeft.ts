import type { Machine } from "../../../../interpreter/machine.ts";
import { type Place, samePlace, type TensorValue } from "../../../../interpreter/values.ts";
import { hasRank, printShape, Shape } from "../../../../tensor/shape.ts";
import { isRanked } from "../../../operation/ranked.ts";
import { type LayerRecord, recordOf } from "../../runtime/records.ts";
import { saidBy } from "../data/source.ts";
import { sameSample, shapingStep } from "../data/steps.ts";
import { setArgument } from "../setArgument.ts";
import { dataInSight } from "./dataInSight.ts";
import { type Explanation, makerOf, type Refusal } from "./index.ts";
import { pathTo } from "./path.ts";

const PADS = /^(?:Separable|Depthwise)?Conv\dD$|^(?:Max|Average)Pooling\dD$/;

/** A window that is wider than what is left of an axis: padding keeps the axis, or halves it to no less than 1. */
export function nothingLeft({ m, record, violation, tensors }: Refusal): Explanation | undefined {
  if (violation.code !== "empty-output" || !PADS.test(record.declared ?? "")) return undefined;
  const edits = [setArgument(record, "padding", '"same"')];
  const padded = { title: 'padding="same"', preferred: true, edits };
  const turned = lyingSeries(m, record, tensors[0]);
  return turned === undefined ? { repairs: [padded] } : { ...turned, repairs: [...turned.repairs, padded] };
}

/** Series were made one step of many features by a reshape, and the window goes over steps: each is a step of one. */
function lyingSeries(m: Machine, record: LayerRecord, tensor: TensorValue | undefined): Explanation | undefined {
  if (tensor === undefined || !isRanked(tensor)) return undefined;
  const path = pathTo(m, tensor);
  const begun = path.at(-1)?.inputs?.[0]?.shape ?? tensor.shape;
  const first = path.length === 0 ? makerOf(m, tensor) : recordOf(m, path.at(-1)?.from);
  const source = (first && saidBy(m, first)) ?? saidBy(m, path.at(-1) ?? record);
  if (source === undefined || !hasRank(begun) || begun.rank !== 3 || begun.at(1) !== 1) return undefined;
  const fresh = new Shape([begun.last, 1]);
  const places: Place[] = [];
  for (const data of dataInSight(m)) {
    const { step, made } = shapingStep(m, data) ?? {};
    if (step?.type !== "Reshape" || made === undefined || !sameSample(made.shape, begun.withBatch(1))) continue;
    if (!places.some((it) => samePlace(it, step.place))) places.push(step.place);
  }
  const [place] = places;
  const said = source.rewrite(fresh)[0];
  if (place === undefined || said === undefined) return undefined;
  const edits = [...places.map((it) => ({ place: it, text: "#0 #2 #1", form: "reshape" })), ...said.edits];
  const title = `${printShape(fresh)}: each number a step`;
  return { place: source.place, repairs: [{ title, preferred: true, edits }] };
}

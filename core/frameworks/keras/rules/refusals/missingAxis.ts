import type { Machine } from "../../../../interpreter/machine.ts";
import type { PlacedEdit, Repair } from "../../../../interpreter/record.ts";
import { provablyEqual } from "../../../../tensor/dim.ts";
import { hasRank, printShape, Shape } from "../../../../tensor/shape.ts";
import type { LayerRecord } from "../../runtime/records.ts";
import { recordOf } from "../../runtime/records.ts";
import { saidBy } from "../data/source.ts";
import { sameSample } from "../data/steps.ts";
import { wrapped } from "../passedOn.ts";
import { andOfData, behindData, dataInSight } from "./dataInSight.ts";
import { type Explanation, makerOf, type Refusal } from "./index.ts";
import { pathTo } from "./path.ts";

/**
 * A layer wants one axis more than the program says a sample has: the steps or the features of a series, the channel of
 * a grey image. Where data with that axis are in sight, they say it; else it is the last one, of 1, which Keras gives
 * data by itself.
 */
export function missingAxis({ m, record, violation, tensors }: Refusal): Explanation | undefined {
  const [input] = tensors;
  const inner = record.declared === "TimeDistributed" ? wantedRank(wrapped(m, record)?.declared) : undefined;
  const rank = inner === undefined ? wantedRank(record.declared) : inner + 1;
  if (violation.constraint !== "input-rank" || input === undefined || !hasRank(input.shape) || rank === undefined)
    return undefined;
  const path = pathTo(m, input);
  const first = path.at(-1);
  const maker = first === undefined ? makerOf(m, input) : recordOf(m, first.from);
  const begun = first === undefined ? input.shape : first.inputs?.[0]?.shape;
  const isKept = path.every(({ declared }) => KEEPING.has(declared ?? ""));
  if (input.shape.rank !== rank - 1 || maker?.declared !== "InputLayer" || !isKept) return undefined;
  const source = saidBy(m, maker) ?? saidBy(m, first ?? record);
  if (source === undefined || begun === undefined || !hasRank(begun)) return undefined;
  const said = begun.dims.slice(1);
  const fuller = path.length === 0 || rank === 3 ? fullerSample(m, begun) : undefined;
  if (fuller !== undefined)
    return {
      place: source.place,
      message: `${violation.message}: this says ${printShape(new Shape(said))}, and a sample is ${printShape(fuller)}`,
      repairs: source.rewrite(fuller),
    };
  if (path.length > 0) return undefined;
  if (isOverTime(record) && isPicture(begun)) return withTime({ m, record, violation, tensors }, source, begun);
  const axis = rank === 3 ? "feature" : "channel";
  const fresh = new Shape([...said, 1]);
  return {
    place: source.place,
    message: `${violation.message}: ${printShape(new Shape(said))} has no ${axis}, ${printShape(fresh)} has one`,
    repairs: inShapeOrData(source.rewrite(fresh), behindData(m, begun, "[..., None]")),
  };
}
/** Layers that leave as many axes as there are. */
const KEEPING = new Set(["Dense", "Dropout", "Activation", "ReLU", "LeakyReLU", "BatchNormalization"]);

/** The data alone, where what is said is read off them; else what is said: Keras adds an axis of 1 to data itself. */
function inShapeOrData(repairs: readonly Repair[], data: readonly PlacedEdit[]): readonly Repair[] {
  const [first] = data;
  if (first === undefined) return repairs;
  const alone = { title: `${first.text} behind the data`, preferred: true, edits: data };
  return [alone, ...repairs, ...andOfData(repairs, data)];
}

/** The sample of the only data in sight that end with what was said and have one axis more. */
function fullerSample(m: Machine, said: Shape): Shape | undefined {
  const fits = dataInSight(m).filter(
    ({ shape }) =>
      shape.rank === said.rank + 1 && said.dims.slice(1).every((dim, i) => provablyEqual(dim, shape.at(i + 2))),
  );
  const [only] = fits;
  return only !== undefined && fits.every((it) => sameSample(it.shape, only.shape))
    ? new Shape(only.shape.dims.slice(1))
    : undefined;
}

const isOverTime = ({ declared }: LayerRecord): boolean => /^ConvLSTM\dD$/.test(declared ?? "");
const isPicture = ({ last }: Shape): boolean => last === 1 || last === 3;

/** Single pictures for a layer that reads them one after the other: one step each, in the shape and in the data. */
function withTime(
  { m, violation }: Refusal,
  source: NonNullable<ReturnType<typeof saidBy>>,
  said: Shape,
): Explanation | undefined {
  const fresh = new Shape([1, ...said.dims.slice(1)]);
  const steps = behindData(m, said, "[:, None]");
  const sample = printShape(new Shape(said.dims.slice(1)));
  return {
    place: source.place,
    message: `${violation.message}: ${sample} has no steps, ${printShape(fresh)} one`,
    repairs: source.rewrite(fresh).map((it) => ({ ...it, edits: [...it.edits, ...steps] })),
  };
}

/** The rank that a layer of a family wants, by its name. */
export function wantedRank(declared: string | undefined): number | undefined {
  if (declared === undefined) return undefined;
  if (/^(?:LSTM|GRU|SimpleRNN|Bidirectional|RNN)$/.test(declared)) return 3;
  const recurrent = /^ConvLSTM(\d)D$/.exec(declared)?.[1];
  if (recurrent !== undefined) return Number(recurrent) + 3;
  const axes =
    /^(?:Conv|SeparableConv|DepthwiseConv|MaxPooling|AveragePooling|GlobalMaxPooling|GlobalAveragePooling)(\dD)/.exec(
      declared,
    )?.[1];
  return axes === undefined ? undefined : Number(axes[0]) + 2;
}

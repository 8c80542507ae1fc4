import { hasRank, printShape, Shape } from "../../../../tensor/shape.ts";
import { saidBy } from "../data/source.ts";
import { type Explanation, makerOf, type Refusal } from "./index.ts";

/**
 * The first layer wants one axis more than the program says a sample has: the features of a series, the channel of a
 * grey image. Keras gives data such an axis of 1 by itself.
 */
export function missingAxis({ m, record, violation, tensors }: Refusal): Explanation | undefined {
  const [input] = tensors;
  const rank = wantedRank(record.declared);
  if (violation.constraint !== "input-rank" || input === undefined || !hasRank(input.shape) || rank === undefined)
    return undefined;
  const maker = makerOf(m, input);
  if (input.shape.rank !== rank - 1 || maker?.declared !== "InputLayer") return undefined;
  const source = saidBy(m, maker) ?? saidBy(m, record);
  if (source === undefined) return undefined;
  const sample = input.shape.dims.slice(1);
  const axis = rank === 3 ? "feature" : "channel";
  const fresh = new Shape([...sample, 1]);
  return {
    place: source.place,
    message: `${violation.message}: ${printShape(new Shape(sample))} has no ${axis}, ${printShape(fresh)} has one`,
    repairs: source.rewrite(fresh),
  };
}

/** The rank that a layer of a family wants, by its name. */
export function wantedRank(declared: string | undefined): number | undefined {
  if (declared === undefined) return undefined;
  if (/^(?:LSTM|GRU|SimpleRNN|Bidirectional|RNN)$/.test(declared)) return 3;
  const axes =
    /^(?:Conv|SeparableConv|DepthwiseConv|MaxPooling|AveragePooling|GlobalMaxPooling|GlobalAveragePooling)(\dD)/.exec(
      declared,
    )?.[1];
  return axes === undefined ? undefined : Number(axes[0]) + 2;
}

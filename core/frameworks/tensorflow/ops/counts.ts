import { provablyDifferent, unknown } from "../../../tensor/dim.ts";
import { type AnyShape, hasRank, printShape, Shape } from "../../../tensor/shape.ts";
import type { Reader } from "../../operation/reader.ts";
import { broadcast, conflict, withRank } from "../../operation/shapes.ts";
import type { ShapeRule } from "../../operation.ts";
import { given, type Lines, line } from "../rules.ts";
import { complexOf } from "./signal.ts";

/** What is counted or sorted out by value: how many there are of a kind is known when it runs. */

const DIFFERENT = "as many as there are different values";
const counted: ShapeRule = (a) => {
  const highest = unknown("one for each value up to the greatest");
  if (!a.has("axis")) return new Shape([highest]);
  if (a.integer("axis") !== -1) a.doubts("only the axes 0 and -1 are followed");
  return withRank(a.shape("arr"), (it) => (it.rank < 2 ? new Shape([highest]) : new Shape([it.at(0), highest])));
};
const confusion: ShapeRule = (a) => {
  const size = a.has("num_classes") ? a.size("num_classes") : unknown("one for each class that occurs");
  return new Shape([size, size]);
};
const vector = (a: Reader): AnyShape => a.shape("x");
const different =
  (counts: boolean): ShapeRule =>
  (a) => {
    const x = vector(a);
    if (hasRank(x) && x.rank !== 1) return conflict("rank-is", `${printShape(x)}, where a row of values is wanted`);
    const values = new Shape([unknown(DIFFERENT)]);
    return counts ? [values, x, values] : [values, x];
  };
const index = (a: Reader) => a.type("out_idx", "int32");
const partsIn = (a: Reader): number => Math.min(Math.max(0, a.integer("num_partitions")), 4096);
/** The rows that go to each part. */
const partitioned: ShapeRule = (a) => {
  const [data, parts] = [a.shape("data"), a.shape("partitions")];
  if (!hasRank(data) || !hasRank(parts)) return [hasRank(data) ? parts : data];
  if (parts.dims.some((dim, i) => i >= data.rank || provablyDifferent(dim, data.at(i))))
    return conflict("shapes-equal", `${printShape(data)} and ${printShape(parts)}`);
  const part = new Shape([unknown("as many as go to this part"), ...data.slice(parts.rank)]);
  return Array<AnyShape>(partsIn(a)).fill(part);
};

export const COUNTS: Lines = {
  complex: line("real, imag", broadcast("real", "imag"), (a) => complexOf(a.dtype("real")), {
    requires: (a) => {
      const [real, imag] = [a.dtype("real"), a.dtype("imag")];
      return real === undefined || imag === undefined || real === imag
        ? undefined
        : conflict("dtypes-equal", `${real} and ${imag}`);
    },
  }),
  bincount: line(
    "arr, weights=None, minlength=None, maxlength=None, dtype='int32', name=None, axis=None, binary_output=False",
    counted,
    (a) => (a.has("weights") ? a.dtype("weights") : a.type("dtype", "int32")),
  ),
  confusion_matrix: line(
    "labels, predictions, num_classes=None, weights=None, dtype='int32'",
    confusion,
    given("int32"),
  ),
  unique: line("x, out_idx='int32'", different(false), (a) => [a.dtype("x"), index(a)], { yields: ["y", "idx"] }),
  unique_with_counts: line("x, out_idx='int32'", different(true), (a) => [a.dtype("x"), index(a), index(a)], {
    yields: ["y", "idx", "count"],
  }),
  dynamic_partition: line(
    "data, partitions, num_partitions",
    partitioned,
    (a) => Array(partsIn(a)).fill(a.dtype("data")),
    { yields: "list" },
  ),
};

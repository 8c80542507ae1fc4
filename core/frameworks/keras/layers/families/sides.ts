/** Cropping and padding: how much at either side of each spatial axis. */
import { size } from "../../../../lowering/builder.ts";
import { type Dim, NONE, plus, printDim, provablyLess, unknown } from "../../../../tensor/dim.ts";
import { type DataFormat, printShape, type Shape } from "../../../../tensor/shape.ts";
import { cropped, padded } from "../../../../tensor/window.ts";
import { type Arg, check, type Given, type LayerDeclaration, layer, NOT_A_SIZE } from "../../define.ts";
import { dataFormat, isList, isOpen, listOf, sizeOf } from "./arguments.ts";
import { autocast } from "./autocast.ts";
import type { Spatial, Words } from "./convolution.ts";

type Sides = readonly (readonly [before: Dim, after: Dim])[];

const pair = (given: Given): readonly [Dim, Dim] => {
  const list = listOf(given);
  return [sizeOf(list[0] ?? null), sizeOf(list.at(-1) ?? null)];
};
/** Of one axis: (before, after) or one for both. Of more: one for all, or for each axis one or (before, after). */
const sides = (n: Spatial, negative: boolean): Arg<Sides> => ({
  takes: "form",
  cases: (given) => [Array.from({ length: n }, (_, i) => pair(n === 1 || !isList(given) ? given : (given[i] ?? null)))],
  refuses: (given) => {
    if (isOpen(given)) return undefined;
    const axes: readonly Given[] = n > 1 ? listOf(given) : [given];
    if (n > 1 && isList(given) && given.length !== n) return `must have an entry for each of the ${n} axes`;
    for (const axis of axes) {
      if (isList(axis) && axis.length !== 2) return "must say how much before and how much after";
      const both = pair(axis);
      if (both.includes(NOT_A_SIZE)) return "must be whole numbers";
      const free = negative && n > 1 && !isList(given);
      if (!free && both.some((it) => provablyLess(it, 0))) return "must not be negative";
    }
    return undefined;
  },
});

const at = ([before, after]: readonly [Dim, Dim] = [0, 0]): { before: Dim; after: Dim } => ({ before, after });
const sized = (x: Shape, format: DataFormat, rule: (n: Dim, before: Dim, after: Dim) => Dim, by: Sides): Shape =>
  x.resampled(format, x.channels(format), (n, i) => {
    const { before, after } = at(by[i]);
    return rule(n, before, after);
  });

/** What Keras 2 leaves of an axis that is cropped by less than nothing at both sides. */
function backwards(n: Dim, by: Dim): Dim {
  if (typeof n !== "number" || typeof by !== "number") return n === NONE ? n : unknown("it is cropped by less than 0");
  return Math.max(Math.min(-by, n) - Math.max(n + by, 0), 0);
}

export const cropping = (name: string, n: Spatial, words: Words): LayerDeclaration =>
  layer(name, {
    ...words,
    args: { cropping: sides(n, false), ...(n > 1 && { data_format: dataFormat() }) },
    input: { rank: n + 2 },
    requires: (a, x) => {
      const format = a.data_format ?? "channels_last";
      const axis = sized(x, format, cropped, a.cropping)
        .spatial(format)
        .findIndex((size) => provablyLess(size, 1));
      const { before, after } = at(a.cropping[axis]);
      const gone = printDim(plus(before, after));
      const all: Dim = x.spatial(format)[axis] ?? 0;
      const text = `${gone} cut from an axis of ${printDim(all)} of ${printShape(x)}`;
      return check(axis < 0, "output-not-empty", `${text} leave nothing: crop less`, { code: "empty-output" });
    },
    // What Keras 2 does not refuse is empty.
    output: (a, x, { keras }) => {
      const rest = (n: Dim, before: Dim, after: Dim): Dim => {
        const size = cropped(n, before, after);
        if (keras !== 2) return size;
        // Below zero the slice begins as far from the end as it ends from the beginning: they meet on a short axis.
        if (provablyLess(plus(before, after), 0)) return backwards(n, before);
        return provablyLess(size, 0) ? 0 : size;
      };
      return sized(x, a.data_format ?? "channels_last", rest, a.cropping);
    },
    dtype: (_, around) => autocast(around),
    lower: (g, a, x) => {
      const first = a.data_format === "channels_first" ? 2 : 1;
      return a.cropping.reduce((y, by, i) => {
        const [before, after] = [size(by[0]), size(by[1])];
        return before + after === 0 ? y : g.slice(y, first + i, before, (y.shape[first + i] ?? 0) - after);
      }, x);
    },
  });

export const zeroPadding = (name: string, n: Spatial, words: Words): LayerDeclaration =>
  layer(name, {
    ...words,
    args: { padding: sides(n, true), data_format: dataFormat() },
    input: { rank: n + 2 },
    // A single negative number passes the constructor, and Keras's symbolic form as long as something is left.
    requires: (a, x, around) =>
      check(
        !a.padding.flat().some((it) => provablyLess(it, 0)) ||
          (around.eager !== true && !sized(x, a.data_format, padded, a.padding).dims.some((it) => provablyLess(it, 0))),
        "padding-not-negative",
        "padding must not be negative: to cut off, use Cropping",
        { argument: "padding" },
      ),
    output: (a, x) => sized(x, a.data_format, padded, a.padding),
    dtype: (_, around) => autocast(around),
    lower: (g, a, x) => {
      const none: readonly [number, number] = [0, 0];
      const by = a.padding.map(([before, after]) => [size(before), size(after)] as const);
      return g.pad(x, a.data_format === "channels_first" ? [none, none, ...by] : [none, ...by, none]);
    },
  });

import type { Conflict } from "../../tensor/conflict.ts";
import { floorDivide, mayDivide, printDim, times } from "../../tensor/dim.ts";
import { byteSize } from "../../tensor/dtype.ts";
import type { AnyShape } from "../../tensor/shape.ts";
import { converted, keptInOrder } from "../operation/facts.ts";
import { conflict, like, ravel, withRank } from "../operation/shapes.ts";
import { type Operation, operation, type ShapeRule } from "../operation.ts";
import { CONTRACTION } from "./ops/contraction.ts";
import { CREATION } from "./ops/creation.ts";
import { ELEMENTWISE } from "./ops/elementwise.ts";
import { REDUCTION } from "./ops/reduction.ts";
import { SHAPING } from "./ops/shaping.ts";
import { STATISTICS } from "./ops/statistics.ts";
import { given, type Line, type Lines, line, same } from "./rules.ts";

/** An array's methods: the functions of the same name with the array in front. */

const SHARED: Lines = { ...ELEMENTWISE, ...REDUCTION, ...SHAPING, ...CREATION, ...CONTRACTION, ...STATISTICS };
const NAMES =
  "sum prod mean std var max min ptp all any argmax argmin cumsum cumprod argsort ravel squeeze swapaxes repeat " +
  "take dot " +
  "searchsorted copy round clip diagonal nonzero trace";

/** Sizes may be given one by one: `x.reshape(2, -1)`, `x.transpose(0, 2, 1)`. */
const spread = (found: Line | undefined, name: string, list: string, more: string): readonly [string, Operation][] => {
  if (found === undefined) return [];
  const { signature: _, shape, dtype, ...rest } = found;
  return [
    [
      name,
      operation(`ndarray.${name}`, `a, *${list}${more}`, {
        shape: (a) => shape(a.unspread(list)),
        dtype,
        ...rest,
        meant: rest.meant === undefined ? undefined : (a) => rest.meant?.(a.unspread(list)) ?? a.shape("a"),
      }),
    ],
  ];
};
const plain = (name: string, { signature, ...rule }: Line): [string, Operation] => [
  name,
  operation(`ndarray.${name}`, signature, rule),
];

/** The same bytes: the last axis is as much longer as the new elements are smaller. */
const viewed: ShapeRule = (a) => {
  const types = [a.dtype("a"), a.has("dtype") ? a.type("dtype", undefined) : a.dtype("a")];
  const [from, to] = types.map((it) => it && byteSize(it));
  if (from === undefined || to === undefined) return a.doubts("how large the elements are");
  return withRank(a.shape("a"), (it): AnyShape | Conflict => {
    if (from === to) return it;
    if (it.rank === 0) return conflict("rank-at-least", "a number");
    const bytes = times(it.last, from);
    return mayDivide(to, bytes)
      ? it.withLast(floorDivide(bytes, to))
      : conflict("sections-divide", `${printDim(bytes)} bytes by ${to}`);
  });
};

export const METHODS: ReadonlyMap<string, Operation> = new Map([
  ...NAMES.split(" ").flatMap((name) => {
    const found = SHARED[name];
    return found === undefined ? [] : [plain(name, found)];
  }),
  ...spread(SHAPING["reshape"], "reshape", "shape", ", order='C', copy=None"),
  ...spread(SHAPING["transpose"], "transpose", "axes", ""),
  ...spread(SHAPING["transpose"], "T", "axes", ""),
  plain(
    "astype",
    line("a, dtype, order='K', casting='unsafe', subok=True, copy=True", like("a"), given(same("a")), {
      facts: converted("a", "dtype"),
    }),
  ),
  // Unlike the function, the method leaves truth values as they are.
  ...["conj", "conjugate"].map((name) => plain(name, line("a", like("a"), same("a")))),
  plain("view", line("a, dtype=None", viewed, given(same("a")))),
  plain("flatten", line("a, order='C'", ravel("a"), same("a"), { facts: keptInOrder("a") })),
]);

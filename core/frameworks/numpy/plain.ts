import { makeList } from "../../interpreter/containers.ts";
import type { Machine } from "../../interpreter/machine.ts";
import {
  float,
  int,
  type NativeValue,
  NONE_VALUE,
  nativeMethod,
  unknown,
  type Value,
} from "../../interpreter/values.ts";
import { hasRank } from "../../tensor/shape.ts";
import { REDUCTION } from "./ops/reduction.ts";
import { declared } from "./rules.ts";
import { writingMethods } from "./writes.ts";

/** An array's methods that yield no array. */
const quiet = (name: string): [string, NativeValue] => [name, nativeMethod(`ndarray.${name}`, () => NONE_VALUE)];

const SORT = declared("numpy.", REDUCTION).find((it) => it.name === "numpy.sort");

const number = (value: number): Value => (Number.isInteger(value) ? int(value) : float(value));

/** Lists within lists, of the sizes given; of none the number itself. */
function nested(m: Machine, items: readonly Value[], [size, ...rest]: readonly number[]): Value {
  if (size === undefined) return items[0] ?? unknown("the number in an array");
  const each = items.length / size;
  return makeList(
    m,
    Array.from({ length: size }, (_, i) => nested(m, items.slice(i * each, (i + 1) * each), rest)),
  );
}

export const PLAIN: ReadonlyMap<string, Value> = new Map<string, Value>([
  [
    "item",
    nativeMethod("ndarray.item", (_, { list: [self, ...others] }) => {
      const values = self?.value.kind === "tensor" ? self.value.facts?.values : undefined;
      const only = values?.length === 1 && others.length === 0 ? values[0] : undefined;
      return only === undefined ? unknown("the number in an array") : number(only);
    }),
  ],
  [
    "tolist",
    nativeMethod("ndarray.tolist", (m, { list: [self] }) => {
      const array = self?.value.kind === "tensor" ? self.value : undefined;
      const values = array?.facts?.values;
      const whole = array?.dtype?.includes("int") === true;
      const sizes = array !== undefined && hasRank(array.shape) ? array.shape.dims : [undefined];
      if (values === undefined || !sizes.every((it) => typeof it === "number"))
        return unknown("what the array holds is not known", "list");
      return nested(
        m,
        values.map((it) => (whole ? int(it) : float(it))),
        sizes,
      );
    }),
  ],
  ...["toarray", "todense"].map((name): [string, NativeValue] => [
    name,
    // What scikit-learn gives as a sparse matrix is an array of that shape here.
    nativeMethod(`ndarray.${name}`, (_, { list: [self] }) => self?.value ?? unknown("no matrix")),
  ]),
  ...writingMethods(SORT),
  ...["setflags", "tofile", "dump"].map(quiet),
]);

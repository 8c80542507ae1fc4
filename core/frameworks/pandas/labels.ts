import { CONTAINER_MEMBERS } from "../../interpreter/builtins/container.ts";
import { emptyInstance } from "../../interpreter/classes.ts";
import { hashOf, itemsOf, listOf, makeList } from "../../interpreter/containers.ts";
import type { Machine } from "../../interpreter/machine.ts";
import { PLAIN, plainOf } from "../../interpreter/methods/receiver.ts";
import { subscript } from "../../interpreter/subscript.ts";
import {
  type ClassValue,
  int,
  nativeClass,
  nativeMethod,
  stringOf,
  tuple,
  unknown,
  type Value,
} from "../../interpreter/values.ts";
import { Shape } from "../../tensor/shape.ts";
import { ARRAY } from "../numpy/array.ts";
import { method, property } from "../operation/call.ts";
import { operandOf } from "../operation/operand.ts";
import { tensor } from "../operation.ts";

/** The labels of a table's columns, `df.columns`: a list of them behind an object that is also asked as an array is. */

const named = (m: Machine, value: Value): readonly Value[] => {
  const plain = plainOf(m, value);
  return plain.kind === "list" ? listOf(m, plain).items : [];
};

/** The labels at these places, or where these truth values are true; undefined where they are not known. */
function picked(m: Machine, labels: readonly Value[], index: Value): readonly Value[] | undefined {
  const { values, leaves } = operandOf(m, index);
  if (values === undefined || leaves.includes(undefined)) return undefined;
  return leaves.includes("bool")
    ? labels.filter((_, i) => values[i] === 1)
    : values.flatMap((at) => labels.at(at) ?? []);
}

/** For each label whether it is one of these, as an array. */
function among(m: Machine, self: Value, these: Value, isAmong: boolean): Value {
  const plain = plainOf(m, these);
  const rest = others(m, self, these);
  if (rest === undefined || (plain.kind !== "str" && plain.kind !== "int" && plain.kind !== "list"))
    return unknown("which columns these are is not known");
  const labels = named(m, self);
  const values = labels.map((it) => (rest.includes(it) === isAmong ? 0 : 1));
  return tensor(m, ARRAY, new Shape([labels.length]), "bool", { facts: { values } });
}
const compared = (name: string, isAmong: boolean): readonly [string, Value] => [
  name,
  nativeMethod(`Index.${name}`, (m, { list: [self, other] }) =>
    self === undefined || other === undefined || !["str", "int"].includes(other.value.kind)
      ? unknown("labels are compared one by one")
      : among(m, self.value, other.value, isAmong),
  ),
];

function getItem(m: Machine, self: Value, index: Value): Value {
  if (index.kind === "int" || index.kind === "unknown") return subscript(m, plainOf(m, self), index);
  if (index.kind === "slice") {
    const part = subscript(m, plainOf(m, self), index);
    return part.kind === "list" ? labelsIndex(m, named(m, part)) : part;
  }
  const some = index.kind === "list" || index.kind === "tensor" ? picked(m, named(m, self), index) : undefined;
  return some === undefined ? unknown("which columns are taken is not known", "list") : labelsIndex(m, some);
}

/** Those that are not among `others`; undefined where these are not known. */
function others(m: Machine, self: Value, gone: Value): readonly Value[] | undefined {
  const plain = plainOf(m, gone);
  const items = plain.kind === "list" || plain.kind === "tuple" ? itemsOf(m, plain) : [plain];
  if (items === undefined) return undefined;
  const hashes = items.map(hashOf);
  return hashes.includes(undefined) ? undefined : named(m, self).filter((it) => !hashes.includes(hashOf(it)));
}
const without = (name: string, argument: string, sorted: boolean): readonly [string, Value] => [
  name,
  method(`Index.${name}`, `${argument}, **more`, (c, self) => {
    const rest = others(c.m, self, c.value(argument));
    if (rest === undefined) return unknown("which columns remain is not known", "list");
    const texts = rest.map((it) => stringOf(it) ?? "");
    const order = [...rest.keys()].sort((a, b) => ((texts[a] ?? "") < (texts[b] ?? "") ? -1 : 1));
    return labelsIndex(c.m, sorted ? order.flatMap((i) => rest[i] ?? []) : rest);
  }),
];
const listed = (name: string): readonly [string, Value] => [
  name,
  method(`Index.${name}`, "", (c, self) => makeList(c.m, named(c.m, self))),
];

const INDEX: ClassValue = nativeClass("pandas.Index", [], {
  ...CONTAINER_MEMBERS,
  __getitem__: nativeMethod("Index.__getitem__", (m, { list: [self, index] }) =>
    self === undefined || index === undefined ? unknown("no labels") : getItem(m, self.value, index.value),
  ),
  ...Object.fromEntries([
    ...["tolist", "to_list", "to_numpy", "copy", "unique"].map(listed),
    without("drop", "labels", false),
    without("difference", "other", true),
    compared("__eq__", true),
    compared("__ne__", false),
  ]),
  isin: method("Index.isin", "values, **more", (c, self) => among(c.m, self, c.value("values"), true)),
  values: property("Index.values", (_, self) => self),
  size: property("Index.size", (m, self) => int(named(m, self).length)),
  shape: property("Index.shape", (m, self) => tuple([int(named(m, self).length)])),
  __getattr__: nativeMethod("Index.__getattr__", (_, { list: [, name] }) =>
    unknown(`Index.${stringOf(name?.value) ?? "attribute"} is not followed`),
  ),
});

export function labelsIndex(m: Machine, labels: readonly Value[]): Value {
  const made = emptyInstance(m, INDEX);
  m.write(made.id, { kind: "attributes", entries: new Map([[PLAIN, makeList(m, labels)]]), open: undefined });
  return made;
}

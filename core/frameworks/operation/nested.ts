import { callValue } from "../../interpreter/calls.ts";
import { dictOf, itemsOf, makeDict, makeList } from "../../interpreter/containers.ts";
import type { DictEntry } from "../../interpreter/heap.ts";
import type { Machine } from "../../interpreter/machine.ts";
import {
  type Args,
  bool,
  type NativeValue,
  NONE_VALUE,
  native,
  numberOf,
  positional,
  stringOf,
  tuple,
  unknown,
  type Value,
} from "../../interpreter/values.ts";
import { argument } from "./control.ts";

/**
 * Functions of nested lists, tuples and dictionaries, as `keras.tree` and `tf.nest` have them: a dictionary's parts
 * come in the order of its keys, whatever the order they were put in; `None` is a leaf like any other.
 */

/** What holds other values, and how the same is made of others; a leaf has none. */
interface Branch {
  readonly parts: readonly Value[];
  remade(m: Machine, parts: readonly Value[]): Value;
}

/** Undefined for a leaf; a reason where it is not known what it holds. */
function branchOf(m: Machine, value: Value): Branch | string | undefined {
  if (value.kind === "unknown") return value.reason;
  if (value.kind === "tuple") return { parts: value.items, remade: (_, items) => ({ ...value, items }) };
  if (value.kind === "list") {
    const parts = itemsOf(m, value);
    return parts === undefined ? "what the list holds is not all known" : { parts, remade: makeList };
  }
  if (value.kind !== "dict") return undefined;
  const { entries, open } = dictOf(m, value);
  const sorted = [...entries].sort(([, { key: a }], [, { key: b }]) => (ordered(a) < ordered(b) ? -1 : 1));
  const isPlain = sorted.every(([, { key, maybe }]) => maybe !== true && ordered(key) !== "");
  if (open !== undefined || !isPlain) return open ?? "what the dictionary holds is not all known";
  return {
    parts: sorted.map(([, it]) => it.value),
    remade: (machine, parts) => {
      const renewed = new Map(sorted.map(([hash, it], i): [string, DictEntry] => [hash, at(it, parts[i])]));
      return makeDict(machine, new Map([...entries].map(([hash, it]) => [hash, renewed.get(hash) ?? it])));
    },
  };
}
const at = (entry: DictEntry, value: Value | undefined): DictEntry => ({ ...entry, value: value ?? entry.value });
const ordered = (key: Value): string | number => stringOf(key) ?? numberOf(key) ?? "";

/** The leaves in their order; a reason where they are not all known. */
function leavesOf(m: Machine, value: Value): readonly Value[] | string {
  const branch = branchOf(m, value);
  if (branch === undefined) return [value];
  if (typeof branch === "string") return branch;
  const leaves: Value[] = [];
  for (const part of branch.parts) {
    const inside = leavesOf(m, part);
    if (typeof inside === "string") return inside;
    leaves.push(...inside);
  }
  return leaves;
}
function flatten(m: Machine, value: Value): Value {
  const leaves = leavesOf(m, value);
  return typeof leaves === "string" ? unknown(leaves) : makeList(m, leaves);
}

/** The first one's form, with what the function makes of the leaves that stand at the same place in all. */
function mapped(m: Machine, f: Value, structures: readonly Value[]): Value {
  const branches = structures.map((it) => branchOf(m, it));
  const why = branches.find((it) => typeof it === "string");
  if (why !== undefined) return unknown(why);
  const [first, ...others] = branches.filter((it) => typeof it === "object");
  if (first === undefined) return callValue(m, f, positional(...structures));
  const isAlike = others.length === branches.length - 1 && others.every((it) => it.parts.length === first.parts.length);
  if (!isAlike) return unknown("structures of different forms");
  const parts = first.parts.map((part, i) => mapped(m, f, [part, ...others.map((it) => it.parts[i] ?? part)]));
  return first.remade(m, parts);
}

/** The leaves of a flat list in the form of a structure. */
function packed(m: Machine, structure: Value, flat: Value): Value {
  const items = itemsOf(m, flat);
  const leaves = leavesOf(m, structure);
  if (items === undefined || typeof leaves === "string") return unknown("what is packed is not all known");
  if (items.length !== leaves.length) return unknown("there are not as many leaves as the structure has places");
  const left = items.values();
  return mapped(
    m,
    native("next", () => left.next().value ?? unknown("no leaf is left")),
    [structure],
  );
}

function listsToTuples(m: Machine, value: Value): Value {
  const branch = branchOf(m, value);
  if (typeof branch !== "object") return typeof branch === "string" ? unknown(branch) : value;
  const parts = branch.parts.map((it) => listsToTuples(m, it));
  return value.kind === "list" ? tuple(parts) : branch.remade(m, parts);
}

function isNested(m: Machine, value: Value): Value {
  if (value.kind === "unknown") return value;
  return bool(value.kind === "list" || branchOf(m, value) !== undefined);
}

/** As both libraries name them. */
export const structures = (library: "keras.tree" | "tensorflow.nest"): readonly (readonly [string, NativeValue])[] => {
  const entry = (name: string, call: (m: Machine, args: Args) => Value): readonly [string, NativeValue] => [
    `${library}.${name}`,
    native(`${library}.${name}`, call),
  ];
  return [
    entry("flatten", (m, args) => flatten(m, argument(args, "structure", 0))),
    entry("is_nested", (m, args) => isNested(m, argument(args, library === "keras.tree" ? "structure" : "seq", 0))),
    entry("map_structure", (m, args) => {
      const [, ...rest] = args.list.filter((it) => it.name === undefined).map((it) => it.value);
      return mapped(m, argument(args, "func", 0), rest);
    }),
    entry("pack_sequence_as", (m, args) =>
      packed(m, argument(args, "structure", 0), argument(args, "flat_sequence", 1)),
    ),
    entry("lists_to_tuples", (m, args) => listsToTuples(m, argument(args, "structure", 0))),
    entry("assert_same_structure", () => NONE_VALUE),
  ];
};

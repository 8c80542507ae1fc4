import { compare } from "../comparison.ts";
import { makeIterator } from "../containers.ts";
import { iterate } from "../iterate.ts";
import { plainOf } from "../methods/receiver.ts";
import { deleteItem, setItem, subscript } from "../subscript.ts";
import { NONE_VALUE, type Value } from "../values.ts";
import { defineMethod } from "./define.ts";
import { lengthOf } from "./length.ts";

/**
 * What `list`, `dict`, `set` and `tuple` give to the classes derived from them, by the names that operators look for.
 */
export const CONTAINER_MEMBERS: Readonly<Record<string, Value>> = {
  __len__: defineMethod("container.__len__", "self", (m, { self }) => lengthOf(m, plainOf(m, self))),
  __iter__: defineMethod("container.__iter__", "self", (m, { self }) => {
    const { items, rest } = iterate(m, plainOf(m, self));
    return makeIterator(m, items, rest);
  }),
  __getitem__: defineMethod("container.__getitem__", "self, index, /", (m, { self, index }) =>
    subscript(m, plainOf(m, self), index),
  ),
  __setitem__: defineMethod("container.__setitem__", "self, index, value, /", (m, { self, index, value }) => {
    setItem(m, plainOf(m, self), index, value);
    return NONE_VALUE;
  }),
  __delitem__: defineMethod("container.__delitem__", "self, index, /", (m, { self, index }) => {
    deleteItem(m, plainOf(m, self), index);
    return NONE_VALUE;
  }),
  __contains__: defineMethod("container.__contains__", "self, item, /", (m, { self, item }) =>
    compare(m, "in", item, plainOf(m, self)),
  ),
  __eq__: defineMethod("container.__eq__", "self, other, /", (m, { self, other }) =>
    compare(m, "==", plainOf(m, self), plainOf(m, other)),
  ),
};

import { deleteAttribute, storeAttribute } from "../../../interpreter/attributes.ts";
import { dictOf, listOf, makeDict, makeList } from "../../../interpreter/containers.ts";
import { type DictEntry, same } from "../../../interpreter/heap.ts";
import type { Machine } from "../../../interpreter/machine.ts";
import { PLAIN, plainOf } from "../../../interpreter/methods/receiver.ts";
import { type Instance, NONE_VALUE, stringOf, type Value } from "../../../interpreter/values.ts";
import { PUT, TAKEN } from "../../../interpreter/watching.ts";
import { versionIn } from "../version.ts";
import { type Method, method } from "./layerObject.ts";
import { isLayer, recordOf, updateRecord } from "./records.ts";

/**
 * How Keras notes which layers are parts of another. Keras 3 does at the moment that one is put into it, and keeps
 * copies of the containers that it is given, which tell it of what is put into them later (`keras.src.utils.tracking`).
 * What is replaced, or deleted as an attribute, stays a part. Keras 2 looks at the attributes as they stand; one that
 * is set again comes last.
 */

const setAttr: Method = (m, self, { list: [name, value] }) => {
  const key = stringOf(name?.value);
  if (key === undefined || value === undefined) return NONE_VALUE;
  if (versionIn(m) === 2) {
    const own = m.read(self.id);
    const before = own?.kind === "attributes" ? own.entries.get(key) : undefined;
    if (before !== undefined && !same(before, value.value)) deleteAttribute(m, self, key);
    storeAttribute(m, self, key, value.value);
  } else storeAttribute(m, self, key, tracked(m, self, value.value, 0));
  return NONE_VALUE;
};

/** Deeper than this containers hold themselves. */
const DEEPEST = 12;

/** Notes the layers in a value; gives what the layer keeps of it. */
function tracked(m: Machine, self: Instance, value: Value, depth: number): Value {
  if (depth > DEEPEST) return value;
  const inside = (it: Value): Value => tracked(m, self, it, depth + 1);
  switch (value.kind) {
    case "instance":
      if (isLayer(m, value)) note(m, self, value);
      else if (plainOf(m, value) !== value) return copyOfDerived(m, value, inside);
      return value;
    case "tuple":
      return { ...value, items: value.items.map(inside) };
    case "list": {
      const { items, rest } = listOf(m, value);
      const kept = rest && { ...rest, element: inside(rest.element) };
      return { ...makeList(m, items.map(inside), kept), watcher: self };
    }
    case "dict":
    case "set": {
      if (value.kind === "set" && value.frozen) return value;
      const { entries, open } = dictOf(m, value);
      const kept = new Map<string, DictEntry>();
      for (const [hash, it] of entries) kept.set(hash, { ...it, value: inside(it.value) });
      return { ...makeDict(m, kept, open), kind: value.kind, watcher: self };
    }
    default:
      return value;
  }
}

/** Of a class derived from a container the container alone is kept; of an OrderedDict another one. */
function copyOfDerived(m: Machine, value: Instance, inside: (it: Value) => Value): Value {
  const plain = plainOf(m, value);
  if (plain.kind !== "list" && plain.kind !== "dict" && plain.kind !== "set") return value;
  const kept = inside(plain);
  const own = m.read(value.id);
  const isOrdered = value.class.mro.some((it) => it.qualifiedName === "collections.OrderedDict");
  if (!isOrdered || own?.kind !== "attributes") return kept;
  const id = m.allocate({ ...own, entries: new Map([...own.entries, [PLAIN, kept]]) });
  return { ...value, id };
}

function note(m: Machine, self: Instance, layer: Instance): void {
  const known = recordOf(m, self)?.tracked;
  if (known === undefined || layer.id === self.id || known.includes(layer.id)) return;
  updateRecord(m, self, { tracked: [...known, layer.id] });
}
function forget(m: Machine, self: Instance, value: Value): void {
  const known = recordOf(m, self)?.tracked;
  if (known === undefined || value.kind !== "instance" || !known.includes(value.id)) return;
  updateRecord(m, self, { tracked: known.filter((it) => it !== value.id) });
}

/** The members of `keras.Layer` that do this. */
export const TRACKING: Readonly<Record<string, Value>> = {
  __setattr__: method("Layer.__setattr__", setAttr),
  [PUT]: method("Layer.%put", (m, self, { list: [value] }) =>
    value === undefined ? NONE_VALUE : tracked(m, self, value.value, 0),
  ),
  [TAKEN]: method("Layer.%taken", (m, self, { list: [value] }) => {
    if (value !== undefined) forget(m, self, value.value);
    return NONE_VALUE;
  }),
};

import { dictOf, hashOf, listOf, makeList } from "../../interpreter/containers.ts";
import type { DictEntry } from "../../interpreter/heap.ts";
import type { Machine } from "../../interpreter/machine.ts";
import { type Instance, unknown, type Value } from "../../interpreter/values.ts";
import { unwatched } from "../../interpreter/watching.ts";

/** `copy.copy` and `copy.deepcopy`: new containers; in a deep copy what is shared is shared again. */
export function copied(m: Machine, value: Value, deep: boolean): Value {
  return new Copying(m, deep).value(value, 0);
}

class Copying {
  private readonly machine: Machine;
  private readonly deep: boolean;
  /** The copy of each container that was met, by its id. */
  private readonly known = new Map<number, Value>();

  constructor(machine: Machine, deep: boolean) {
    this.machine = machine;
    this.deep = deep;
  }

  value(value: Value, depth: number): Value {
    if (depth > 50) return unknown("copied too deep");
    const m = this.machine;
    const inner = (it: Value): Value => (this.deep ? this.value(it, depth + 1) : it);
    if (value.kind === "tuple") return this.deep ? { ...value, items: value.items.map(inner) } : value;
    if (value.kind !== "list" && value.kind !== "dict" && value.kind !== "set" && value.kind !== "instance") {
      return value.kind === "iterator" || value.kind === "opaque" ? unknown("a copy that is not followed") : value;
    }
    const before = this.known.get(value.id);
    if (before !== undefined) return before;
    if (value.kind === "instance") return this.instance(value, inner);
    if (value.kind === "list") {
      const made = makeList(m, []);
      this.known.set(value.id, made);
      const { items, rest } = listOf(m, value);
      m.write(made.id, {
        kind: "listObject",
        items: items.map(inner),
        rest: rest && { ...rest, element: inner(rest.element) },
      });
      return made;
    }
    const dict = dictOf(m, value);
    const id = m.allocate({ kind: "dictObject", entries: new Map() });
    const made = { ...unwatched(value), id };
    this.known.set(value.id, made);
    const entries = [...dict.entries.values()].map((it): [string, DictEntry] => {
      const key = inner(it.key);
      return [hashOf(key) ?? "", { ...it, key, value: value.kind === "set" ? key : inner(it.value) }];
    });
    m.write(id, { ...dict, entries: new Map(entries) });
    return made;
  }

  /** An instance of the user's own class; what a framework's instances hold is not ours to copy. */
  private instance(value: Instance, inner: (it: Value) => Value): Value {
    const m = this.machine;
    const own = m.read(value.id);
    const isPlain = value.class.mro.every(
      (it) => it.open === undefined && (it.members === undefined || isPython(it.qualifiedName)),
    );
    if (!isPlain || own?.kind !== "attributes") return unknown(`a copy of a ${value.class.name}`);
    // A member of an enumeration is there once.
    if (value.class.mro.some((it) => it.qualifiedName === "enum.Enum")) return value;
    const made: Instance = { ...value, id: m.allocate({ kind: "attributes", entries: new Map() }) };
    this.known.set(value.id, made);
    const entries = new Map(
      [...own.entries].map(([name, it]) => [name, name.startsWith("%") ? plainCopy(it, inner, this) : inner(it)]),
    );
    m.write(made.id, { ...own, entries });
    return made;
  }
}
/** The container behind an instance of a class derived from one is copied with it, also in a shallow copy. */
const plainCopy = (value: Value, _inner: (it: Value) => Value, copying: Copying): Value => copying.value(value, 0);
const isPython = (name: string): boolean => /^(builtins|collections|enum|types|argparse|abc|typing)\./.test(name);

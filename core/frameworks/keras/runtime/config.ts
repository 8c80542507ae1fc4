import { memberOf } from "../../../interpreter/attributes.ts";
import { callMethod, callValue } from "../../../interpreter/calls.ts";
import { instantiate } from "../../../interpreter/classes.ts";
import { dictOf, listOf, makeList, makeRecord } from "../../../interpreter/containers.ts";
import type { Machine } from "../../../interpreter/machine.ts";
import { frameworkName } from "../../../interpreter/modules.ts";
import {
  type Arg,
  bool,
  type ClassValue,
  type Instance,
  NONE_VALUE,
  positional,
  str,
  stringOf,
  tuple,
  unknown,
  type Value,
} from "../../../interpreter/values.ts";
import { cloneModel } from "./clone.ts";
import { argumentValue, declaredParameters } from "./layerAttributes.ts";
import { globalPolicyName } from "./policy.ts";
import { isLayer, type LayerRecord, recordOf, rememberedClass } from "./records.ts";
import { innerLayers } from "./tracking.ts";

/** `get_config` and `from_config`: what a layer was made with, and a layer made of that. */

const SOURCE = "keras config";
interface Source {
  readonly model: Instance;
}

/** What Keras writes of a layer: its class and its configuration. */
export function serialize(m: Machine, layer: Instance): Value {
  const config = callMethod(m, layer, "get_config", { list: [] }) ?? unknown("its configuration is not known", "dict");
  const isKeras = layer.class.members !== undefined;
  return makeRecord(m, {
    module: isKeras ? str(layer.class.qualifiedName.split(".").slice(0, -1).join(".")) : NONE_VALUE,
    class_name: str(recordOf(m, layer)?.type ?? layer.class.name),
    config,
    registered_name: isKeras ? NONE_VALUE : str(layer.class.name),
  });
}

const policyConfig = (m: Machine, record: LayerRecord): Value => {
  const own = record.args["dtype"]?.value;
  if (own !== undefined && own.kind !== "none") return own;
  return makeRecord(m, {
    module: str("keras"),
    class_name: str("DTypePolicy"),
    config: makeRecord(m, { name: globalPolicyName(m) }),
    registered_name: NONE_VALUE,
  });
};

/** `Layer.get_config`: the base's three, and of a layer that Keras has every argument of its constructor. */
export function layerConfig(m: Machine, self: Instance): Value {
  const record = recordOf(m, self);
  if (record === undefined) return unknown("this layer's constructor was not followed", "dict");
  const entries: Record<string, Value> = {
    name: str(record.name),
    trainable: bool(record.trainable),
    dtype: policyConfig(m, record),
  };
  const own = memberOf(m, self.class, "get_config");
  const isAutomatic = record.declared === undefined && own?.owner.members !== undefined;
  if (isAutomatic) for (const [name, value] of madeWith(m, self, record)) entries[name] = value;
  for (const { name, kind } of declaredParameters(m, record)) {
    if (kind === "varArgs" || kind === "varKeywords") continue;
    entries[name] = written(m, argumentValue(m, record, name) ?? unknown(`${name} is not followed`));
  }
  return makeRecord(m, entries);
}

/** Where a class of the user's has no `get_config`, Keras keeps what its constructor was given. */
function madeWith(m: Machine, self: Instance, record: LayerRecord): readonly (readonly [string, Value])[] {
  const init = memberOf(m, self.class, "__init__")?.value;
  const code = init?.kind === "function" ? m.code(init.code) : undefined;
  const names = code !== undefined && "params" in code ? (code.params as readonly { readonly name: string }[]) : [];
  return (record.made?.list ?? []).flatMap(({ name, value }, i) => {
    const own = name ?? names[i + 1]?.name;
    return own === undefined ? [] : [[own, value] as const];
  });
}

function written(m: Machine, value: Value): Value {
  if (isLayer(m, value)) return serialize(m, value);
  if (value.kind === "tuple") return { ...value, items: value.items.map((it) => written(m, it)) };
  return value;
}

/** `Model.get_config`; which model it is of is remembered, so that the graph can be made again. */
export function modelConfig(m: Machine, self: Instance): Value {
  const record = recordOf(m, self);
  if (record?.model === undefined || record.model.kind === "subclass") return layerConfig(m, self);
  const made = makeRecord(m, {
    name: str(record.name),
    trainable: bool(record.trainable),
    layers: makeList(
      m,
      innerLayers(m, self).map((it) => serialize(m, it)),
    ),
  });
  if (made.kind === "dict") m.setSlot(m.named(`${SOURCE} ${made.id}`), { model: self } satisfies Source);
  return made;
}

/** `from_config`: of a model's configuration the model, of another an object of the class. */
export function fromConfig(m: Machine, type: ClassValue, config: Value): Value {
  if (config.kind !== "dict") return unknown("from_config of a configuration that is not known");
  const source = m.slot<Source>(m.named(`${SOURCE} ${config.id}`));
  if (source !== undefined) return cloneModel(m, source.model);
  if (type.members !== undefined && type.mro.some((it) => it.qualifiedName === "keras.Model"))
    return unknown("from_config of a model's configuration that is not known");
  const { entries, open } = dictOf(m, config);
  const list = [...entries.values()].flatMap(({ key, value }): Arg[] => {
    const name = stringOf(key);
    return name === undefined || left(type, name) ? [] : [{ name, value: read(m, value) }];
  });
  return instantiate(m, type, open === undefined ? { list } : { list, open });
}
/** What a layer of Keras's has in its configuration, and its constructor does not take as it is. */
const left = (type: ClassValue, name: string): boolean => type.members !== undefined && name === "build_config";

/** Layers in a configuration are made of theirs. */
function read(m: Machine, value: Value): Value {
  if (value.kind === "tuple") return tuple(value.items.map((it) => read(m, it)));
  if (value.kind === "list") {
    const { items, rest } = listOf(m, value);
    return rest === undefined && items.some((it) => it.kind === "dict")
      ? makeList(
          m,
          items.map((it) => read(m, it)),
        )
      : value;
  }
  if (value.kind !== "dict") return value;
  const { entries } = dictOf(m, value);
  const name = stringOf(entries.get("s:class_name")?.value);
  const config = entries.get("s:config")?.value;
  return name !== undefined && config?.kind === "dict" ? (deserialize(m, value) ?? value) : value;
}

/** The class that a configuration names: the program's own, or one of Keras's layers and models. */
export function classNamed(m: Machine, name: string, custom?: Value): ClassValue | undefined {
  const given = custom?.kind === "dict" ? dictOf(m, custom).entries.get(`s:${name}`)?.value : undefined;
  if (given?.kind === "class") return given;
  const own = rememberedClass(m, name.slice(name.lastIndexOf(">") + 1));
  if (own !== undefined) return own;
  for (const module of ["keras.layers", "keras"]) {
    const found = frameworkName(m, `${module}.${name}`);
    if (found.kind === "class") return found;
  }
  return undefined;
}

/** A layer of its class and configuration; undefined where the value is no layer's. */
export function deserialize(m: Machine, value: Value, custom?: Value): Value | undefined {
  if (value.kind !== "dict") return undefined;
  const { entries } = dictOf(m, value);
  const name = stringOf(entries.get("s:class_name")?.value);
  const config = entries.get("s:config")?.value;
  const type = name === undefined ? undefined : classNamed(m, name, custom);
  if (type === undefined || config === undefined) return undefined;
  if (!type.mro.some((it) => it.qualifiedName === "keras.layers.Layer")) return undefined;
  const method = memberOf(m, type, "from_config")?.value;
  if (method?.kind !== "classmethod") return fromConfig(m, type, config);
  return callValue(m, { kind: "method", self: type, function: method.function }, positional(config));
}

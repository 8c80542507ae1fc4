import { storeAttribute } from "../../../interpreter/attributes.ts";
import { dictOf } from "../../../interpreter/containers.ts";
import type { Machine } from "../../../interpreter/machine.ts";
import {
  type ClassValue,
  type Instance,
  NONE_VALUE,
  nativeClass,
  nativeMethod,
  str,
  stringOf,
  unknown,
  type Value,
} from "../../../interpreter/values.ts";
import { type DType, isDType } from "../../../tensor/dtype.ts";
import { namedType } from "../library.ts";
import { type Version, versionIn } from "../version.ts";
import { floatx } from "./processState.ts";
import type { LayerRecord } from "./records.ts";

export interface Policy {
  readonly compute: DType | undefined;
  readonly variable: DType;
}
const POLICY = "keras dtype policy";
const NAME = "%name";

/** `keras.config.set_dtype_policy("mixed_float16")` and its like. */
export function setGlobalPolicy(m: Machine, value: Value | undefined): void {
  if (value !== undefined) m.write(m.named(POLICY), value);
}
/** `clear_session` goes back to floatx. */
export const forgetPolicy = (m: Machine): void => {
  if (m.read(m.named(POLICY)) !== undefined) m.write(m.named(POLICY), NONE_VALUE);
};
export function globalPolicy(m: Machine): Policy {
  const entry = m.read(m.named(POLICY)) as Value | undefined;
  if (entry !== undefined && entry.kind !== "none") return read(m, entry);
  const type = floatx(m);
  return { compute: type, variable: type ?? "float32" };
}

/** A layer's own `dtype=`, or else the global policy. */
export function policyOf(m: Machine, record: Pick<LayerRecord, "args">): Policy {
  const own = record.args["dtype"]?.value;
  return own === undefined || own.kind === "none" ? globalPolicy(m) : read(m, own);
}

/** What a declaration is told of where it is called. */
export const rulesFor = (m: Machine, record: Pick<LayerRecord, "args">): Policy & { readonly keras: Version } => ({
  ...policyOf(m, record),
  keras: versionIn(m),
});

/** By its name, as an object, as a type, or as `get_config` writes it. */
function read(m: Machine, value: Value): Policy {
  const name = policyName(m, value) ?? namedType(m, value);
  if (name === undefined || name === null) return { compute: undefined, variable: "float32" };
  if (name.startsWith("mixed_")) return { compute: asType(name.slice("mixed_".length)), variable: "float32" };
  return { compute: asType(name), variable: asType(name) ?? "float32" };
}
const asType = (name: string): DType | undefined => (isDType(name) ? name : undefined);

function policyName(m: Machine, value: Value): string | undefined {
  if (value.kind === "str") return value.value;
  if (value.kind === "dict") {
    const config = dictOf(m, value).entries.get("s:config")?.value;
    return config?.kind === "dict" ? stringOf(dictOf(m, config).entries.get("s:name")?.value) : undefined;
  }
  const entry = value.kind === "instance" ? m.read(value.id) : undefined;
  return entry?.kind === "attributes" ? stringOf(entry.entries.get(NAME)) : undefined;
}

/** The name of the policy that is in force. */
export function globalPolicyName(m: Machine): Value {
  const entry = m.read(m.named(POLICY)) as Value | undefined;
  const name = entry === undefined || entry.kind === "none" ? floatx(m) : policyName(m, entry);
  return name === undefined ? unknown("a dtype policy that is not known", "str") : str(name);
}

const part = (which: keyof Policy): Value => ({
  kind: "property",
  get: nativeMethod(`DTypePolicy.${which}`, (m, { list: [self] }) => {
    const type = self === undefined ? undefined : read(m, self.value)[which];
    return type === undefined ? unknown("a dtype policy that is not known", "str") : str(type);
  }),
});

/** `keras.DTypePolicy`, `mixed_precision.Policy` */
export const DTYPE_POLICY: ClassValue = nativeClass("keras.DTypePolicy", [], {
  __init__: nativeMethod("DTypePolicy.__init__", (m, { list: [self, name] }) => {
    if (self?.value.kind === "instance" && name !== undefined) storeAttribute(m, self.value, NAME, name.value);
    return NONE_VALUE;
  }),
  name: {
    kind: "property",
    get: nativeMethod("DTypePolicy.name", (m, { list: [self] }) => {
      const name = self === undefined ? undefined : policyName(m, self.value);
      return name === undefined ? unknown("a dtype policy that is not known", "str") : str(name);
    }),
  },
  compute_dtype: part("compute"),
  variable_dtype: part("variable"),
});

/** A policy object of this name. */
export function makePolicy(m: Machine, name: Value): Instance {
  const entries = new Map<string, Value>([[NAME, name]]);
  return { kind: "instance", id: m.allocate({ kind: "attributes", entries }), class: DTYPE_POLICY };
}

/** `layer.dtype_policy`: the object that it was given, or one of that name. */
export function ownPolicy(m: Machine, record: Pick<LayerRecord, "args"> | undefined): Value {
  const own = record?.args["dtype"]?.value;
  if (own === undefined || own.kind === "none") return makePolicy(m, globalPolicyName(m));
  if (own.kind === "instance") return own;
  const name = policyName(m, own) ?? namedType(m, own);
  return name === undefined || name === null ? unknown("a dtype policy that is not known") : makePolicy(m, str(name));
}

import { memberOf } from "../../../interpreter/attributes.ts";
import type { Machine } from "../../../interpreter/machine.ts";
import type { Instance, Value } from "../../../interpreter/values.ts";
import type { FunctionDef, Lambda } from "../../../python/syntax.ts";
import { layerSignature } from "../signatures.ts";
import { recordOf } from "./records.ts";

/** The names of what a layer's call takes, without `self`; none where they are not known. */
export function callParameters(m: Machine, self: Instance): readonly string[] {
  const own = memberOf(m, self.class, "call")?.value;
  return own?.kind === "native"
    ? (layerSignature(recordOf(m, self)?.declared)?.call?.map((it) => it.name) ?? [])
    : parametersIn(m, own).slice(1);
}

export function parametersIn(m: Machine, member: Value | undefined): readonly string[] {
  const code = member?.kind === "function" ? (m.code(member.code) as FunctionDef | Lambda | undefined) : undefined;
  return code?.kind === "FunctionDef" ? code.params.map((it) => it.name) : [];
}

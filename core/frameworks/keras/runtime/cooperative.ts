import { bindMember, memberOf } from "../../../interpreter/attributes.ts";
import { callValue } from "../../../interpreter/calls.ts";
import type { Machine } from "../../../interpreter/machine.ts";
import { type Arg, type Args, type Instance, str, unknown } from "../../../interpreter/values.ts";
import type { Signature } from "../signatures.ts";
import { recordOf } from "./records.ts";

/**
 * What a layer of Keras's does not take itself it hands on to `super().__init__`. In a class that has one of the user's
 * behind it, `class Quantized(Activation, QuantizedLayer)`, that is the user's. What is left is the layer's own.
 */
export function handOn(m: Machine, self: Instance, layer: string, { parameters }: Signature, args: Args): Args {
  const own = self.class.mro.find((it) => it.members !== undefined && it.name === layer);
  const next = own && memberOf(m, self.class, "__init__", own);
  if (next === undefined || next.owner.members !== undefined || parameters === undefined) return args;
  const taken = new Set(parameters.map((it) => it.name));
  const isOwn = (arg: Arg): boolean => arg.name === undefined || taken.has(arg.name);
  const others = { ...args, list: args.list.filter((it) => !isOwn(it)) };
  callValue(m, bindMember(m, next.value, self, self.class), others);
  const { name = "", args: reached = {} } = recordOf(m, self) ?? {};
  const named: Arg = { name: "name", value: name === "?" ? unknown("the name is not known") : str(name) };
  const common = Object.values(reached).filter((it) => it.name !== undefined && it.name !== "name");
  return { ...args, list: [...args.list.filter(isOwn), ...common, ...(name === "" ? [] : [named])] };
}

import type { Machine } from "../../../interpreter/machine.ts";
import type { Args, Instance, Value } from "../../../interpreter/values.ts";
import type { Initializer } from "../../../lowering/lowering.ts";
import type { Given, Weight } from "../define.ts";
import { lookup, type Signature } from "../signatures.ts";
import { snakeCase } from "./automaticNames.ts";
import { bind, defaultOf, toGiven } from "./given.ts";
import { argumentsOf, keepArguments } from "./keptArguments.ts";
import { argOf, type LayerRecord } from "./records.ts";

/** What fills a weight before it is trained. */

/** Of an object that is nothing but its arguments. */
export const keepInitializer = (m: Machine, self: Instance, args: Args): void => {
  if (self.class.qualifiedName.startsWith("keras.initializers.")) keepArguments(m, self, args);
};

const plainArguments = (given: Readonly<Record<string, Given>>): Initializer["args"] =>
  Object.fromEntries(
    Object.entries(given).flatMap(([name, it]): [string, string | number | boolean][] => {
      if (typeof it === "number" || typeof it === "string" || typeof it === "boolean") return [[name, it]];
      return typeof it === "object" && it !== null && "float" in it ? [[name, it.float]] : [];
    }),
  );

/** The same by a name or by an object; undefined where it is a function or not known. */
export function initializerOf(m: Machine, value: Value | undefined): Initializer | undefined {
  if (value?.kind === "str") return named(value.value);
  if (value?.kind === "class") return named(value.name);
  if (value?.kind !== "instance" || !value.class.qualifiedName.startsWith("keras.initializers.")) return undefined;
  const signature = lookup(value.class.qualifiedName);
  const bound = bind(signature ?? { parameters: [], keywords: "*" }, argumentsOf(m, value)).args;
  const given = Object.entries(bound).map(([name, arg]) => [name, toGiven(m, arg.value)] as const);
  const { name, args } = named(value.class.name);
  return { name, args: { ...args, ...plainArguments(Object.fromEntries(given)) } };
}
/** `HeNormal` and `he_normal` are one, with Keras's defaults. */
function named(name: string): Initializer {
  const snake = ALIASES[name] ?? snakeCase(name);
  const type = snake.replace(/(^|_)([a-z])/g, (_, __, letter: string) => letter.toUpperCase());
  const parameters = (lookup(`keras.initializers.${type}`) as Signature | undefined)?.parameters ?? [];
  const defaults = parameters.filter((it) => it.default !== undefined).map((it) => [it.name, defaultOf(it)] as const);
  return { name: snake, args: plainArguments(Object.fromEntries(defaults)) };
}
const ALIASES: Readonly<Record<string, string>> = {
  uniform: "random_uniform",
  normal: "random_normal",
  one: "ones",
  zero: "zeros",
  identity_initializer: "identity",
  IdentityInitializer: "identity",
  orthogonal_initializer: "orthogonal",
};

/**
 * The argument that fills a weight: `kernel_initializer` of `kernel`, `recurrent_initializer` of `recurrent_kernel`,
 * and of `query/kernel` inside a layer the layer's own.
 */
export function weightInitializer(m: Machine, record: LayerRecord, { name }: Pick<Weight, "name">): Initializer {
  const last = name.slice(name.lastIndexOf("/") + 1);
  // LayerScale: its one weight begins at a number.
  const start = argOf(record, "init_values");
  if (start?.kind === "float") return { name: "constant", args: { value: start.value } };
  const parameters = lookup(`keras.layers.${record.declared}`)?.parameters ?? [];
  const argument = [`${last}_initializer`, `${last.replace(/_kernel$/, "")}_initializer`].find((it) =>
    parameters.some((parameter) => parameter.name === it),
  );
  const parameter = parameters.find((it) => it.name === argument);
  const preset = parameter === undefined ? undefined : defaultOf(parameter);
  const initializer =
    (argument === undefined ? undefined : initializerOf(m, argOf(record, argument))) ??
    (typeof preset === "string" ? named(preset) : usual(last));
  const forget = argOf(record, "unit_forget_bias");
  const forgets = last === "bias" && parameters.some((it) => it.name === "unit_forget_bias");
  // Of four gates side by side, the second begins open.
  if (forgets && !(forget?.kind === "bool" && !forget.value)) return { name: "unit_forget_bias", args: {} };
  return initializer;
}
/** Where no argument says it: Keras fills variances and scales with ones, kernels evenly, and all else with zeros. */
function usual(name: string): Initializer {
  if (/variance|stddev|scale|gamma/.test(name)) return named("ones");
  return named(/kernel|embeddings/.test(name) ? "glorot_uniform" : "zeros");
}

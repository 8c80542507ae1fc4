import { dictOf, listOf } from "../../../interpreter/containers.ts";
import type { Machine } from "../../../interpreter/machine.ts";
import type { Arg, Args, Instance, Value } from "../../../interpreter/values.ts";
import { APPROXIMATE_GELU } from "../../../lowering/activations.ts";
import { unknown as unknownDim } from "../../../tensor/dim.ts";
import type { Given } from "../define.ts";
import { type Literal, lookup, type Parameter, type Signature } from "../signatures.ts";
import { type LayerRecord, recordOf } from "./records.ts";

/** A value as a declaration reads it. */
export function toGiven(m: Machine, value: Value): Given {
  switch (value.kind) {
    case "none":
      return null;
    case "bool":
    case "str":
      return value.value;
    case "int":
      return value.size;
    case "float":
      return { float: value.value };
    case "tuple":
      return value.items.map((item) => toGiven(m, item));
    case "list": {
      const { items, rest } = listOf(m, value);
      return rest === undefined ? items.map((item) => toGiven(m, item)) : unknownDim(rest.reason);
    }
    case "instance":
      return handleOf(m, value);
    case "dict":
      return unknownDim(dictOf(m, value).open ?? "a dictionary");
    case "native":
      return activationOf(value.name) ?? unknownDim(`the function ${value.name}`);
    case "unknown":
      return unknownDim(value.reason);
    default:
      return unknownDim(`a ${value.kind}`);
  }
}

/** A function that is one of Keras's activations, by its name there. */
const activationOf = (name: string): string | undefined =>
  name === "keras.ops.gelu"
    ? APPROXIMATE_GELU
    : (/^(?:keras\.activations|tensorflow\.nn(?=\.gelu$))\.(?!get$)(\w+)$/.exec(name) ?? ELSEWHERE.exec(name))?.[1];
/** The functions that are the same there. */
const ELSEWHERE =
  /^(?:tensorflow(?:\.nn|\.math)?|keras\.ops)\.(relu6?|[es]elu|silu|swish|leaky_relu|softmax|softplus|tanh|sigmoid)$/;

function handleOf(m: Machine, value: Extract<Value, { kind: "instance" }>): Given {
  const record = recordOf(m, value);
  if (record === undefined) return unknownDim(`a ${value.class.name}`);
  return {
    handle: value.id,
    type: record.declared ?? record.type,
    args: record.declared === undefined ? undefined : allArguments(m, record),
    attributes: attributesOf(m, value),
  };
}

/** A layer's arguments, Keras's defaults where none were given. */
function allArguments(m: Machine, record: LayerRecord): Readonly<Record<string, Given>> {
  const parameters = lookup(`keras.layers.${record.declared}`)?.parameters ?? [];
  const defaults = parameters.filter((it) => it.default !== undefined).map((it) => [it.name, defaultOf(it)] as const);
  const given = Object.entries(record.args).map(([name, arg]) => [name, toGiven(m, arg.value)] as const);
  return Object.fromEntries([...defaults, ...given]);
}

/** What a wrapper asks a layer of the user's own class for. */
const ASKED = ["state_size", "output_size", "return_sequences", "return_state", "go_backwards", "stateful"];

function attributesOf(m: Machine, layer: Instance): Readonly<Record<string, Given>> {
  const entry = m.read(layer.id);
  if (entry?.kind !== "attributes") return {};
  const known = ASKED.flatMap((name) => {
    const value = entry.entries.get(name);
    return value === undefined ? [] : [[name, toGiven(m, value)] as const];
  });
  return Object.fromEntries(known);
}

export const literalGiven = (it: Literal): Given => {
  if (it === null || typeof it !== "object") return it;
  if ("int" in it) return it.int;
  if ("float" in it) return { float: it.float };
  return ("tuple" in it ? it.tuple : it.list).map(literalGiven);
};

/** Keras's default for a parameter; unknown where it is no plain value. */
export function defaultOf(parameter: Parameter): Given {
  const { default: given } = parameter;
  if (given === undefined) return unknownDim(`${parameter.name} must be given`);
  return "literal" in given ? literalGiven(given.literal) : unknownDim(given.opaque);
}

export interface Bound {
  /** Arguments by parameter name, and keywords beyond the parameters. */
  readonly args: Readonly<Record<string, Arg>>;
  /** Keywords that Keras would refuse. */
  readonly unexpected: readonly Arg[];
  /** Positional arguments beyond the parameters. */
  readonly surplus: readonly Arg[];
  /** Parameters without a default that nobody gave. */
  readonly missing: readonly Parameter[];
}

/** Binds arguments by a generated signature, as Python does it. */
export function bind(signature: Pick<Signature, "parameters" | "keywords">, given: Args): Bound {
  const parameters = signature.parameters ?? [];
  const places = parameters.filter((it) => it.kind === "positional" || it.kind === "positionalOnly");
  const takesAny = parameters.some((it) => it.kind === "varArgs");
  const args: Record<string, Arg> = {};
  const loose = given.list.filter((it) => it.name === undefined);
  for (const [i, arg] of loose.slice(0, places.length).entries()) args[places[i]?.name ?? ""] = arg;
  const names = new Set(
    parameters.filter((it) => it.kind === "positional" || it.kind === "keywordOnly").map((it) => it.name),
  );
  const extra = signature.keywords;
  const unexpected: Arg[] = [];
  for (const arg of given.list) {
    if (arg.name === undefined) continue;
    args[arg.name] = arg;
    if (!names.has(arg.name) && extra !== "*" && extra !== undefined && !extra.includes(arg.name)) unexpected.push(arg);
  }
  const missing =
    given.open === undefined
      ? parameters.filter((it) => it.default === undefined && names.has(it.name) && args[it.name] === undefined)
      : [];
  return { args, unexpected, surplus: takesAny ? [] : loose.slice(places.length), missing };
}

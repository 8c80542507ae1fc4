import { askAttribute, memberOf } from "../../../interpreter/attributes.ts";
import { dictOf, listOf } from "../../../interpreter/containers.ts";
import type { Machine } from "../../../interpreter/machine.ts";
import type { Arg, Args, Instance, TensorValue, Value } from "../../../interpreter/values.ts";
import { APPROXIMATE_GELU } from "../../../lowering/activations.ts";
import { unknown as unknownDim } from "../../../tensor/dim.ts";
import { isInteger } from "../../../tensor/dtype.ts";
import { hasRank } from "../../../tensor/shape.ts";
import type { Given } from "../define.ts";
import { type Literal, layerSignature, type Parameter, type Signature } from "../signatures.ts";
import { versionIn } from "../version.ts";
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
    case "tensor":
      return numbersOf(value) ?? unknownDim("a tensor");
    case "unknown":
      return unknownDim(value.reason);
    default:
      return unknownDim(`a ${value.kind}`);
  }
}

/** The whole number that an array is, or those in its row; a fraction that it is. */
function numbersOf({ family, shape, dtype, facts }: TensorValue): Given | undefined {
  const values = facts?.values;
  const [only] = values ?? [];
  if (family.isData !== true || values === undefined || only === undefined || !hasRank(shape)) return undefined;
  const whole = dtype !== undefined && isInteger(dtype);
  if (shape.rank === 0) return whole ? only : Number.isInteger(only) ? undefined : { float: only };
  return whole && shape.rank === 1 ? values : undefined;
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
  const parameters = layerSignature(record.declared, versionIn(m))?.parameters ?? [];
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
    const value = entry.entries.get(name) ?? ofClass(m, layer, name);
    return value === undefined ? [] : [[name, toGiven(m, value)] as const];
  });
  return Object.fromEntries(known);
}

/** What the user's own class says of all its layers, or works out. */
function ofClass(m: Machine, layer: Instance, name: string): Value | undefined {
  const member = memberOf(m, layer.class, name);
  if (member === undefined || member.owner.members !== undefined) return undefined;
  return member.value.kind === "property" ? askAttribute(m, layer, name) : member.value;
}

export const literalGiven = (it: Literal): Given => {
  if (it === null || typeof it !== "object") return it;
  if ("int" in it) return it.int;
  if ("float" in it) return { float: it.float };
  return ("tuple" in it ? it.tuple : it.list).map(literalGiven);
};

type Preset = Readonly<Record<string, Given>>;
const presets = new WeakMap<readonly Parameter[], Map<readonly string[], Preset>>();
/** Keras's defaults for the parameters of these names; what has none is unknown. To be copied, not searched. */
export function presetOf(parameters: readonly Parameter[] | undefined, names: readonly string[]): Preset {
  const all = parameters ?? NO_PARAMETERS;
  let known = presets.get(all);
  if (known === undefined) {
    known = new Map();
    presets.set(all, known);
  }
  let preset = known.get(names);
  if (preset === undefined) {
    const defaults = new Map<string, Given>(all.map((it) => [it.name, defaultOf(it)] as const));
    preset = Object.fromEntries(names.map((name) => [name, defaults.get(name) ?? null]));
    known.set(names, preset);
  }
  return preset;
}

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

/** What binding asks of a list of parameters. */
interface Plan {
  readonly places: readonly string[];
  readonly names: ReadonlySet<string>;
  readonly takesAny: boolean;
  readonly required: readonly Parameter[];
}
const plans = new WeakMap<readonly Parameter[], Plan>();
function planOf(parameters: readonly Parameter[]): Plan {
  const known = plans.get(parameters);
  if (known !== undefined) return known;
  const named = parameters.filter((it) => it.kind === "positional" || it.kind === "keywordOnly");
  const made: Plan = {
    places: parameters.filter((it) => it.kind === "positional" || it.kind === "positionalOnly").map((it) => it.name),
    names: new Set(named.map((it) => it.name)),
    takesAny: parameters.some((it) => it.kind === "varArgs"),
    required: named.filter((it) => it.default === undefined),
  };
  plans.set(parameters, made);
  return made;
}

const NO_PARAMETERS: readonly Parameter[] = [];

/** Binds arguments by a generated signature, as Python does it. */
export function bind({ parameters, keywords }: Pick<Signature, "parameters" | "keywords">, given: Args): Bound {
  const { places, names, takesAny, required } = planOf(parameters ?? NO_PARAMETERS);
  const args: Record<string, Arg> = {};
  const surplus: Arg[] = [];
  let taken = 0;
  for (const arg of given.list) {
    if (arg.name !== undefined) continue;
    const place = places[taken++];
    if (place !== undefined) args[place] = arg;
    else if (!takesAny) surplus.push(arg);
  }
  const unexpected: Arg[] = [];
  for (const arg of given.list) {
    if (arg.name === undefined) continue;
    args[arg.name] = arg;
    if (keywords === "*" || keywords === undefined || names.has(arg.name)) continue;
    if (!keywords.includes(arg.name)) unexpected.push(arg);
  }
  const missing = given.open === undefined ? required.filter((it) => args[it.name] === undefined) : NO_PARAMETERS;
  return { args, unexpected, surplus, missing };
}

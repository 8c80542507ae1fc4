import { dictOf, listOf, makeList } from "../interpreter/containers.ts";
import type { Machine } from "../interpreter/machine.ts";
import { raiseIfCaught } from "../interpreter/raising.ts";
import type { Fault } from "../interpreter/record.ts";
import {
  type Args,
  ELLIPSIS,
  type NativeValue,
  native,
  type TensorFamily,
  type TensorValue,
  tuple,
  unknown,
  type Value,
} from "../interpreter/values.ts";
import { type Conflict, isConflict, type ShapeResult } from "../tensor/conflict.ts";
import type { DType } from "../tensor/dtype.ts";
import { type AnyShape, hasRank, type UnknownRank, unknownRank } from "../tensor/shape.ts";
import { columnTaken } from "./operation/columnTaken.ts";
import { explain } from "./operation/faults.ts";
import type { Library } from "./operation/library.ts";
import { MOST_VALUES, type SizeFacts } from "./operation/operand.ts";
import { Reader } from "./operation/reader.ts";
import { remember } from "./operation/recipes.ts";
import { reshapeRepairs } from "./operation/reshapeRepairs.ts";
import { bare, settled } from "./operation/settled.ts";
import { type Binding, bind, type Parameter, parameters, withNewNames } from "./operation/signature.ts";
import { turnedRepairs } from "./operation/turnedRepairs.ts";

/**
 * How a library's tensor function is declared: its signature as Python writes it, and rules that read the arguments and
 * say what comes out. Binding, unknown arguments, faults, the family of the result and the model's record are the
 * same for all of them and are done here.
 */

/** One shape, or one for each of several results; or the constraint that does not hold. */
export type Shapes = ShapeResult | readonly AnyShape[];
export type ShapeRule = (a: Reader) => Shapes;
export type DTypeRule = (a: Reader) => DType | undefined | readonly (DType | undefined)[];

export interface Rule {
  readonly shape: ShapeRule;
  readonly dtype: DTypeRule;
  /** What else must hold, asked first. */
  readonly requires?: ((a: Reader) => Conflict | undefined) | undefined;
  /** What is known of the elements; of several results, of each. */
  readonly facts?: ((a: Reader) => SizeFacts | undefined | readonly (SizeFacts | undefined)[]) | undefined;
  /** The shape that was meant where a constraint fails; not known unless said. */
  readonly meant?: ((a: Reader) => AnyShape) | undefined;
  /** Keras's symbolic form does not check this constraint: the model is built, and fails when it runs. */
  readonly unchecked?: ((broken: Conflict, a: Reader) => boolean) | undefined;
  /** How several results are handed over: a list unless said; names make a named tuple. */
  readonly yields?: "list" | "tuple" | readonly string[] | undefined;
  /** The class that Keras's model graph names the operation by, where it is not the function's name in camel case. */
  readonly type?: string | undefined;
}
export interface Operation extends Rule {
  /** As in the library: `keras.ops.sum`. */
  readonly name: string;
  parameters(): readonly Parameter[];
}

/** Declares a function. The signature is read when it is first called. */
export function operation(name: string, signature: string | (() => readonly Parameter[]), rule: Rule): Operation {
  let read: readonly Parameter[] | undefined;
  const make = typeof signature === "string" ? () => parameters(signature) : signature;
  return {
    ...rule,
    name,
    parameters: () => {
      read ??= make();
      return read;
    },
  };
}

/** The function as a value that Python code can call. */
export function callable(library: Library, op: Operation): NativeValue {
  const known = functions.get(op)?.get(library);
  if (known !== undefined) return known;
  const made = native(op.name, (m, args) => run(m, library, op, args));
  const own = functions.get(op) ?? new Map<Library, NativeValue>();
  functions.set(op, own.set(library, made));
  return made;
}
/** One function for each library that has it, so that equal values compare equal. */
const functions = new WeakMap<Operation, Map<Library, NativeValue>>();

/** Runs an operation's rules on a call's arguments. */
export function run(m: Machine, library: Library, op: Operation, args: Args): Value {
  const before = tensorsIn(m, args);
  const now = settled(m, args, before);
  const inputs = now === args ? before : tensorsIn(m, now);
  const refused = library.refuses?.(m, op.name, inputs, now);
  // What was refused is taken to have been meant: it stays in the model's graph.
  const family = refused?.family ?? library.family(inputs);
  return infer(m, library, op, now, { inputs, family, refused: refused !== undefined });
}

interface Situation {
  readonly inputs: readonly TensorValue[];
  readonly family: TensorFamily;
  /** The library does not take these tensors; the results are what was meant. */
  readonly refused: boolean;
}

function infer(m: Machine, library: Library, op: Operation, args: Args, situation: Situation): Value {
  const { inputs, family, refused } = situation;
  const binding = bind(op.name, op.parameters(), withNewNames(library.oldArguments, op.parameters(), args));
  const assumed = refused || inputs.some((it) => it.assumed);
  if (binding.fault !== undefined) return misbound(m, binding, assumed);
  const reader = new Reader(m, library, binding, family.isSymbolic === true && !refused);
  const types = answer(m, op, reader, assumed, situation);
  const facts = types.fault ? undefined : op.facts?.(reader);
  const results = types.shapes.map((shape, i) => {
    const dtype = Array.isArray(types.dtypes) ? types.dtypes[i] : (types.dtypes as DType | undefined);
    return tensor(m, family, shape, dtype, { assumed: assumed || types.fault, facts: factsAt(facts, i) });
  });
  const recipe = { function: callable(library, op), args: bare(m, args) };
  remember(results, recipe);
  family.record?.(m, op.type ?? typeOf(op.name), inputs, results, recipe);
  m.tracer?.({
    kind: "operation",
    name: op.name,
    argument: (name) => binding.arguments.get(name)?.value,
    inputs,
    outputs: results,
    place: m.blame ?? m.here,
  });
  const [first] = results;
  const into = first && intoOf(binding, op.name);
  if (first !== undefined && into?.family.set !== undefined) return into.family.set(m, into, ELLIPSIS, first);
  return handedOver(m, types.several, op, results);
}
/** The array that the result is written into. */
function intoOf({ arguments: given }: Binding, name: string): TensorValue | undefined {
  const copy = given.get("copy")?.value;
  const isSame = name.endsWith(".nan_to_num") && copy?.kind === "bool" && !copy.value;
  const into = given.get(isSame ? "x" : "out")?.value;
  return into?.kind === "tensor" ? into : undefined;
}

const factsAt = (
  facts: SizeFacts | undefined | readonly (SizeFacts | undefined)[],
  i: number,
): SizeFacts | undefined =>
  Array.isArray(facts) ? (facts[i] as SizeFacts | undefined) : i === 0 ? (facts as SizeFacts | undefined) : undefined;

interface Answer {
  readonly shapes: readonly AnyShape[];
  readonly several: boolean;
  readonly dtypes: ReturnType<DTypeRule>;
  /** A constraint fails: from here on the shape is assumed. */
  readonly fault: boolean;
}
function answer(m: Machine, op: Operation, reader: Reader, assumed: boolean, situation: Situation): Answer {
  const refused = op.requires?.(reader);
  // Types that meet are then no fault, and what becomes of them is not known.
  const converted = reader.library.converts?.(m) === true && (refused !== undefined || !op.name.includes("."));
  const dtypes = converted ? undefined : op.dtype(reader);
  const found = reader.broken ?? (converted ? undefined : refused) ?? op.shape(reader);
  if (reader.doubt !== undefined) {
    return { shapes: [unknownRank(reader.doubt)], several: op.yields !== undefined, dtypes, fault: false };
  }
  if (!isList(found) && isConflict(found)) {
    const { family, inputs } = situation;
    const fault = faultOf(m, op, found, reader, inputs);
    if (!assumed) m.report(family.explains?.(m, fault, inputs) ?? columnTaken(m, found, fault, inputs) ?? fault);
    const shape = op.meant?.(reader) ?? unknownRank(`${op.name} fails here`);
    return { shapes: [shape], several: op.yields !== undefined, dtypes, fault: true };
  }
  // A size below nothing comes of a call that fails in a way which no rule has foreseen.
  if ((isList(found) ? found : [found]).some(isImpossible))
    return {
      shapes: [unknownRank("a size would be negative")],
      several: op.yields !== undefined,
      dtypes,
      fault: false,
    };
  return isList(found)
    ? { shapes: found, several: true, dtypes, fault: false }
    : { shapes: [found], several: false, dtypes, fault: false };
}
/** What only the run refuses is a warning where the model is built: nothing raises there. */
function faultOf(m: Machine, op: Operation, broken: Conflict, reader: Reader, operands: readonly TensorValue[]): Fault {
  const { symbolic } = reader;
  const turned = turnedRepairs(op.name, broken, operands, m.here);
  const repairs = [...turned, ...(symbolic ? [] : reshapeRepairs(broken, m.here))];
  const fault = { ...explain(op.name, broken, m.here), repairs };
  if (!symbolic || op.unchecked?.(broken, reader) !== true) return fault;
  return { ...fault, severity: "warning", message: `${fault.message} Keras builds the model, and its run fails.` };
}
const isImpossible = (it: AnyShape): boolean =>
  hasRank(it) && it.dims.some((dim) => typeof dim === "number" && dim < 0);
const isList = (it: Shapes): it is readonly AnyShape[] => Array.isArray(it);

/** Several results whose number is not known are one unknown. */
function handedOver(m: Machine, several: boolean, op: Operation, results: readonly TensorValue[]): Value {
  const [first] = results;
  if (first === undefined) return makeList(m, []);
  if (!several) return first;
  const names = Array.isArray(op.yields) ? (op.yields as readonly string[]) : undefined;
  if (names !== undefined && names.length === results.length) return { ...tuple(results), fields: names };
  if (first.shape instanceof Object && "reason" in first.shape && results.length === 1 && op.yields !== undefined)
    return unknown(first.shape.reason);
  return op.yields === "tuple" ? tuple(results) : makeList(m, results);
}

function misbound(m: Machine, { fault }: Binding, assumed: boolean): Value {
  if (fault === undefined) return unknown("the arguments are not known");
  const { code, message, place } = fault;
  if (!assumed) raiseIfCaught(m, "TypeError");
  if (!assumed) m.report({ code, severity: "error", place: place ?? m.here, message, related: [], repairs: [] });
  return unknown(message);
}

/** `keras.ops.expand_dims` → `ExpandDims` */
export const typeOf = (name: string): string =>
  name
    .slice(name.lastIndexOf(".") + 1)
    .split("_")
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join("");

interface Extras {
  readonly assumed?: boolean | undefined;
  readonly facts?: SizeFacts | undefined;
}
/** A new tensor, made by the present call. */
export function tensor(
  m: Machine,
  family: TensorFamily,
  shape: AnyShape,
  dtype: DType | undefined,
  { assumed = false, facts }: Extras = {},
): TensorValue {
  const few = facts === undefined || (facts.values?.length ?? facts.sizes?.length ?? 0) <= MOST_VALUES;
  return {
    kind: "tensor",
    id: m.fresh(),
    shape: hasRank(shape) ? shape : settledRank(shape),
    dtype,
    family,
    assumed,
    facts: few ? facts : undefined,
    origin: m.here,
  };
}

/** What is known of a shape of unknown rank, if it was said of this very result. */
const settledRank = ({ reason, last, path, before, isResult }: UnknownRank): UnknownRank =>
  unknownRank(reason, isResult ? { last, path, before } : {});

/** All tensors among the arguments, in order, also those in lists, tuples and dictionaries. */
export function tensorsIn(m: Machine, args: Args): readonly TensorValue[] {
  const found: TensorValue[] = [];
  for (const { value } of args.list) gather(m, value, found, 0);
  return found;
}
function gather(m: Machine, value: Value, found: TensorValue[], depth: number): void {
  if (value.kind === "tensor") found.push(value);
  if (depth > 6 || found.length > 4096) return;
  if (value.kind === "tuple") for (const item of value.items) gather(m, item, found, depth + 1);
  if (value.kind === "list") for (const item of listOf(m, value).items) gather(m, item, found, depth + 1);
  if (value.kind === "dict")
    for (const { value: item } of dictOf(m, value).entries.values()) gather(m, item, found, depth + 1);
}

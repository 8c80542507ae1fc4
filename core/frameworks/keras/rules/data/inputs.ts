import type { Machine } from "../../../../interpreter/machine.ts";
import { variablesIn } from "../../../../interpreter/names.ts";
import type { Fault, Repair } from "../../../../interpreter/record.ts";
import type { Arg, TensorValue } from "../../../../interpreter/values.ts";
import { provablyDifferent, provablyEqual } from "../../../../tensor/dim.ts";
import { hasRank, Shape } from "../../../../tensor/shape.ts";
import { stepOf } from "../../../operation/history.ts";
import type { LayerRecord } from "../../runtime/records.ts";
import { isSymbolic } from "../../runtime/tensors.ts";
import type { Given } from "./adapt.ts";
import { isLike } from "./steps.ts";

/** Another number of tensors than the model has inputs. */
export function inputCount(m: Machine, record: LayerRecord, expected: readonly TensorValue[], given: Given): Fault {
  const { tensors, place, arg } = given;
  const plural = expected.length === 1 ? "input" : "inputs";
  const list =
    arg?.place === undefined || given.isFeed ? [] : (joined(m, given, expected) ?? named(m, given, expected));
  return {
    code: "data-shape",
    severity: "error",
    place: list[0]?.edits[0]?.place ?? arg?.place ?? place,
    message: `${record.name} has ${expected.length} ${plural}, and is given ${tensors.length}`,
    related: [],
    repairs: list,
  };
}

/** What was joined or stacked into one array is given as it was. */
function joined(m: Machine, { tensors, arg }: Given, expected: readonly TensorValue[]): readonly Repair[] | undefined {
  const step = tensors[0] === undefined ? undefined : stepOf(m, tensors[0]);
  if (arg === undefined || step === undefined || tensors.length !== 1 || !JOINS.test(step.type)) return undefined;
  if (step.inputs.length !== expected.length || !step.inputs.every((it, i) => fits(expected[i], it))) return undefined;
  const edit = { place: step.place, text: "", form: "list in" };
  return [{ title: "A list of them: one array for each input", preferred: true, edits: [edit] }];
}
const JOINS = /^(?:Concatenate|Stack|HStack|Hstack|Vstack|ColumnStack|Array|AsArray|Asarray|Append)$/;

/** Variables that would go into each input, with as many rows as what is given. */
function named(m: Machine, { tensors, arg, labels }: Given, expected: readonly TensorValue[]): readonly Repair[] {
  const [first] = tensors;
  return first === undefined || tensors.length !== 1 ? [] : listOfNamed(m, first, arg, expected, labels ?? []);
}

/** A list of variables that fit what is expected, one for each, none of them `taken`; or nothing is said. */
export function listOfNamed(
  m: Machine,
  first: TensorValue,
  arg: Arg | undefined,
  expected: readonly TensorValue[],
  taken: readonly TensorValue[],
): readonly Repair[] {
  if (arg?.place === undefined) return [];
  const others = new Set(taken.map(({ id }) => id));
  const arrays = variablesIn(m, m.scope).flatMap(([name, value]) =>
    value.kind === "tensor" && !isSymbolic(value) && !others.has(value.id) && sameRows(value, first)
      ? [{ name, value }]
      : [],
  );
  const free = new Map(arrays.map((it) => [it.value.id, it]));
  const names = expected.map((wanted) => {
    const fitting = [...free.values()].filter(({ value }) => fits(wanted, value));
    const found = fitting.find(({ value }) => value.id === first.id) ?? fitting[0];
    if (found !== undefined) free.delete(found.value.id);
    return found?.name;
  });
  if (names.some((it) => it === undefined)) return columns(first, arg, expected) ?? twice(first, arg, expected);
  const list = `[${names.join(", ")}]`;
  const edit = { place: arg.place, text: said(arg, list) };
  return [{ title: `${list}: one array for each`, preferred: true, edits: [edit] }];
}

/** `[pairs[:, 0], pairs[:, 1]]`: the second axis holds one for each. */
function columns({ shape }: TensorValue, arg: Arg, expected: readonly TensorValue[]): readonly Repair[] | undefined {
  if (arg.place === undefined || arg.node?.kind !== "Name" || !hasRank(shape) || shape.rank < 2) return undefined;
  const part = { shape: new Shape(shape.dims.toSpliced(1, 1)) };
  if (shape.at(1) !== expected.length || !expected.every((it) => fits(it, part))) return undefined;
  const { name } = arg.node;
  const list = `[${expected.map((_, i) => `${name}[:, ${i}]`).join(", ")}]`;
  return [{ title: `${list}: one for each`, preferred: true, edits: [{ place: arg.place, text: said(arg, list) }] }];
}
/** `[words, words]`: inputs of one shape, as where a model reads the same twice. */
function twice(first: TensorValue, arg: Arg, expected: readonly TensorValue[]): readonly Repair[] {
  const [shape, ...others] = expected.map((it) => it.shape);
  const areTwins = shape !== undefined && hasRank(shape) && others.every((it) => isLike(it, shape));
  if (arg.place === undefined || arg.node?.kind !== "Name" || !areTwins) return [];
  if (!expected.every((it) => fits(it, first))) return [];
  const { name } = arg.node;
  const list = `[${expected.map(() => name).join(", ")}]`;
  return [{ title: `${list}: for each`, preferred: true, edits: [{ place: arg.place, text: said(arg, list) }] }];
}
const said = ({ name }: Arg, text: string): string => (name === undefined ? text : `${name}=${text}`);

function fits(input: TensorValue | undefined, { shape: found }: Pick<TensorValue, "shape">): boolean {
  const wanted = input?.shape;
  if (wanted === undefined || !hasRank(wanted) || !hasRank(found)) return false;
  // Keras gives it a last axis of 1.
  if (found.rank === wanted.rank - 1 && wanted.last === 1) return found.rank > 0;
  return wanted.rank === found.rank && wanted.dims.slice(1).every((dim, i) => !provablyDifferent(dim, found.at(i + 1)));
}
const sameRows = (a: TensorValue, b: TensorValue): boolean =>
  hasRank(a.shape) && hasRank(b.shape) && a.shape.rank > 0 && b.shape.rank > 0
    ? provablyEqual(a.shape.batch, b.shape.batch)
    : false;

import type { Outputs, TensorFact } from "../analysis.ts";
import type { Call, Expression } from "../python/syntax.ts";
import { dictOf, itemsOf } from "./containers.ts";
import type { Described } from "./framework.ts";
import type { Machine } from "./machine.ts";
import type { Note } from "./record.ts";
import type { Args, Value } from "./values.ts";

/** The tensors that a value consists of: itself, or the leaves of its tuples, lists and dictionaries; nothing else. */
export function outputsOf(m: Machine, value: Value): Outputs | undefined {
  if (value.kind === "tensor") return { shape: value.shape, dtype: value.dtype };
  const leaves: TensorFact[] = [];
  return gather(m, value, leaves, 0) && leaves.length > 0 ? leaves : undefined;
}

function gather(m: Machine, value: Value, leaves: TensorFact[], depth: number): boolean {
  if (leaves.length > 64 || depth > 8) return false;
  if (value.kind === "tensor") {
    leaves.push({ shape: value.shape, dtype: value.dtype });
    return true;
  }
  return partsOf(m, value)?.every((item) => gather(m, item, leaves, depth + 1)) === true;
}

function partsOf(m: Machine, value: Value): readonly Value[] | undefined {
  if (value.kind !== "dict") return itemsOf(m, value);
  const { entries, open } = dictOf(m, value);
  return open === undefined ? [...entries.values()].map((it) => it.value) : undefined;
}

/**
 * What a call yielded: a tensor or a model is a hint; a thing of a framework's that stays unknown is said, with its
 * reason.
 */
export function observeCall(m: Machine, node: Call, callee: Value, args: Args, value: Value): void {
  const { note } = m;
  m.note = undefined;
  for (const framework of m.frameworks) {
    const described = framework.describe?.(m, value);
    if (described === undefined) continue;
    m.observe(m.place(node), described.outputs, described.note);
    return;
  }
  const outputs = outputsOf(m, value);
  if (outputs !== undefined) {
    const own = note ?? defaultNote(node, callee, value);
    m.observe(m.place(node), outputs, own.inputs === undefined ? { ...own, inputs: inputsOf(m, callee, args) } : own);
  } else if (value.kind === "unknown" && concernsTensors(callee, args)) m.doubt(m.place(node), value);
}

/** The tensors that a call was given, the object of a method first. */
function inputsOf(m: Machine, callee: Value, args: Args): readonly TensorFact[] {
  const given = args.list.map((it) => it.value);
  const all = callee.kind === "method" ? [callee.self, ...given] : given;
  return all.flatMap((it) => outputsOf(m, it) ?? []);
}

function defaultNote(node: Call, callee: Value, value: Value): Note {
  const params = callee.kind === "native" || callee.kind === "method" ? nativeCost(callee) : undefined;
  return { kind: isData(value) ? "data" : "tensor", type: calledName(node.callee), params };
}
const nativeCost = (callee: Value): number | undefined =>
  callee.kind === "native" ? 0 : callee.kind === "method" ? nativeCost(callee.function) : undefined;

export const calledName = (node: Expression): string =>
  node.kind === "Name" || node.kind === "Attribute" ? node.name : node.kind === "Call" ? calledName(node.callee) : "";

export const isData = (value: Value): boolean =>
  value.kind === "tensor" ? value.family.isData : value.kind === "tuple" && value.items.some(isData);
/** It may be a framework's: a data set, a table. */
const isOwn = (value: Value): boolean => value.kind === "instance" || (value.kind === "opaque" && !!value.class);
/** It is data, or a tensor with values of its own, that a name tells of when several are unpacked. */
export const mayBeData = (value: Value): boolean =>
  isData(value) || isOwn(value) || (value.kind === "tensor" && !value.family.isSymbolic);

function describedData(m: Machine, value: Value): Described | undefined {
  for (const framework of m.frameworks) {
    const described = framework.describe?.(m, value);
    if (described !== undefined) return described.note.kind === "data" ? described : undefined;
  }
  return undefined;
}

const concernsTensors = (callee: Value, args: Args): boolean =>
  callee.kind === "instance" || args.list.some(({ value }) => value.kind === "tensor" || value.kind === "instance");

/** `X[:n], X[n:]`: several tensors that are made beside each other are one hint, so that none passes for all. */
export function observeSeveral(m: Machine, node: Expression, value: Value): void {
  if (node.kind !== "Tuple" || value.kind !== "tuple" || node.items.every(({ kind }) => kind === "Name")) return;
  if (value.items.length < 2 || value.items.some(({ kind }) => kind !== "tensor")) return;
  const outputs = outputsOf(m, value);
  if (outputs === undefined) return;
  m.observe(m.place(node), outputs, { kind: isData(value) ? "data" : "tensor", type: "", params: undefined });
}

/** An array, a tensor or a framework's own data that gets a name is a hint, whatever expression made it. */
export function observeData(m: Machine, node: Expression, value: Value): void {
  if (node.kind === "Call" || node.kind === "Constant") return;
  const described = isOwn(value) ? describedData(m, value) : undefined;
  if (described !== undefined) m.observe(m.place(node), described.outputs, described.note);
  const outputs = value.kind === "tensor" ? outputsOf(m, value) : undefined;
  if (outputs === undefined) return;
  m.observe(m.place(node), outputs, {
    kind: isData(value) ? "data" : "tensor",
    type: "",
    params: isData(value) ? 0 : undefined,
  });
}

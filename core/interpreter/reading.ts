import {
  type Dim,
  isUnknown,
  NONE,
  namedIn,
  namedSize,
  Unknown as UnknownDim,
  unknown as unknownDim,
} from "../tensor/dim.ts";
import type { DType } from "../tensor/dtype.ts";
import { type AnyShape, hasRank, Shape, unknownRank } from "../tensor/shape.ts";
import type { State } from "./heap.ts";
import type { Machine } from "./machine.ts";
import { int, tuple, type Value } from "./values.ts";

/**
 * A function that nobody calls is read by itself. What its parameters are is supposed: each is known by a path, an
 * expression of Python's (`filters`, `config["units"]`, `x.shape[-1]`), and what is done with it says more and more of
 * it, until a reading finds nothing new (`uncalled.ts`).
 */

/** What a parameter, or a part of one, is taken for. */
export type Supposition =
  /** A whole number above zero, by its name. */
  | { readonly kind: "size" }
  /** So many things, each with a path of its own. */
  | { readonly kind: "sequence"; readonly length: number }
  /** A tensor; without a type, of a shape that its parts' paths tell. */
  | {
      readonly kind: "tensor";
      readonly shape?: AnyShape | undefined;
      readonly dtype?: DType | undefined;
      /** A function took it that takes numbers as well. */
      readonly isWeak?: boolean | undefined;
    }
  /** What the parameter is by default, since the value itself matters. */
  | { readonly kind: "default" };

/** What a reading finds out: what is supposed next, or that a number itself is needed, or how the text calls a part. */
export type Finding =
  | Supposition
  | { readonly kind: "number" }
  | { readonly kind: "named"; readonly name: string }
  | { readonly kind: "changed" };
export const FOUND = "found of a parameter";
export interface Found {
  readonly path: string;
  readonly finding: Finding;
}

/** A parameter that a reading gives a value. */
export const PARAMETER = "a parameter";
export interface ReadParameter {
  readonly path: string;
  readonly name: string;
  readonly default: Value | undefined;
  /** What it is taken for by its default or its annotation, before anything is found. */
  readonly first: Supposition | undefined;
}

/**
 * One round of reading a function by itself: under what suppositions, and what the program came to with it. It is one
 * object as long as the suppositions are the same, so that remembered runs are about it too; what a round finds out is
 * observed in its run, and stands here only from its end on.
 */
export interface Reading {
  /** What is read: `conv_block`, `Encoder`. */
  readonly name: string;
  /** As its last run gave them. */
  parameters: readonly ReadParameter[];
  readonly supposed: ReadonlyMap<string, Supposition>;
  /** Names that the text gives to parts: `channels` for `x.shape[-1]`. */
  readonly names: ReadonlyMap<string, string>;
  /** Flags and options are not left at their defaults, so that all ways are seen. */
  readonly isWide: boolean;
  /** The id of the statement that defines it. */
  readonly statement: number;
  /** What the program wrote into: of its parts nothing is known. */
  readonly changed: ReadonlySet<string>;
  /** At its end, for cards. */
  state: State | undefined;
}

/** Paths of several functions that are read together are told apart by what stands before a `/`. */
export const shownPath = (path: string): string => path.slice(path.indexOf("/") + 1);

const sizeOfPath = ({ names }: Reading, path: string): Dim => namedSize(names.get(path) ?? shownPath(path), path);

/** What stands at a path: what is supposed of it, or an unknown that keeps the path in mind. */
export function partAt(m: Machine, path: string, first?: Supposition): Value {
  const { reading } = m;
  const supposed = reading?.supposed.get(path) ?? first;
  const reason = reasonFor(reading, path);
  if (reading === undefined || supposed === undefined || supposed.kind === "default")
    return { kind: "unknown", reason, part: whole(path) };
  switch (supposed.kind) {
    case "size":
      return int(sizeOfPath(reading, path));
    case "sequence":
      return tuple(Array.from({ length: supposed.length }, (_, i) => partAt(m, `${path}[${i}]`)));
    case "tensor": {
      const { shape = shapeAt(m, `${path}.shape`), dtype } = supposed;
      for (const framework of m.frameworks) {
        const made = framework.tensor?.(m, shape, dtype);
        if (made !== undefined) return made;
      }
      return { kind: "unknown", reason, part: whole(path) };
    }
  }
}
const whole = (path: string) => ({ paths: [path], isWhole: true });

const reasonFor = (reading: Reading | undefined, path: string): string =>
  `${shownPath(path)} is not known: nothing calls ${reading?.name ?? "this"}`;

/** The shape at a path such as `x.shape`: its rank by what was found, its axes by their names. */
export function shapeAt(m: Machine, path: string): AnyShape {
  const { reading } = m;
  const supposed = reading?.supposed.get(path);
  const axis = (...paths: readonly string[]): Dim => {
    const known = paths.find((it) => reading?.supposed.get(it)?.kind === "size");
    const [first = path] = paths;
    if (reading !== undefined && known !== undefined) return sizeOfPath(reading, known);
    return unknownDim(reasonFor(reading, first), first);
  };
  if (supposed?.kind !== "sequence") return unknownRank(reasonFor(reading, path), { path, last: axis(`${path}[-1]`) });
  const { length } = supposed;
  const dims = Array.from({ length }, (_, i) => axis(`${path}[${i}]`, `${path}[${i - length}]`));
  // The first axis is a batch of any size, unless the text gives it a name.
  return new Shape(dims.map((dim, i) => (i === 0 && isUnknown(dim) ? NONE : dim)));
}

// ---- what is found while reading
// -------------------------------------------------------------------------------------

function found(m: Machine, path: string, finding: Finding): void {
  m.mark(FOUND, { path, finding } satisfies Found);
}

/** What a loop over something at a path sees in its `round`-th round, as far as its rounds are followed. */
export const elementOf = (m: Machine, value: Value, round: number): Value | undefined =>
  partOf(m, value, `[*${round}]`);

/** A part of something at a path: `config.filters`, `shape[0]`; undefined where the whole has none. */
export function partOf(m: Machine, value: Value, suffix: string): Value | undefined {
  if (value.kind !== "unknown" || value.part?.isWhole !== true || m.reading === undefined) return undefined;
  const [path] = value.part.paths;
  return path === undefined || m.reading.changed.has(path) ? undefined : partAt(m, path + suffix);
}

/** The value is used as a size: so is everything that it was computed from. */
export function usedAsSize(m: Machine, value: Value | undefined): void {
  if (m.reading === undefined || value === undefined) return;
  if (value.kind === "unknown") for (const path of value.part?.paths ?? []) found(m, path, { kind: "size" });
  if (value.kind === "int" && isUnknown(value.size) && value.size.path !== undefined)
    found(m, value.size.path, { kind: "size" });
  if (value.kind === "tuple") for (const item of value.items) usedAsSize(m, item);
}

/** The value is used as a tensor; `isWeak`: by what takes numbers as well. */
export function usedAsTensor(m: Machine, value: Value | undefined, isWeak?: true): void {
  if (m.reading === undefined || value?.kind !== "unknown" || value.part?.paths.length !== 1) return;
  if (isWeak === true && !value.part.isWhole) return;
  for (const path of value.part.paths) found(m, path, { kind: "tensor", ...(isWeak && { isWeak }) });
}

/** The value has this many items, which the text may name. */
export function usedAsSequence(m: Machine, value: Value, names: readonly (string | undefined)[]): Value {
  if (value.kind !== "unknown" || value.part?.isWhole !== true || m.reading === undefined) return value;
  const [path] = value.part.paths;
  if (path === undefined) return value;
  found(m, path, { kind: "sequence", length: names.length });
  for (const [i, name] of names.entries()) {
    if (name === undefined || /^_+$/.test(name)) continue;
    found(m, `${path}[${i}]`, { kind: "named", name });
    if (path.endsWith(".shape")) found(m, `${path}[${i}]`, { kind: "size" });
  }
  return value;
}

/** A shape of a supposed rank must have this one. */
export function usedWithRank(m: Machine, shape: AnyShape, rank: number): void {
  if (m.reading === undefined || hasRank(shape) || shape.path === undefined) return;
  if (rank >= shape.before) found(m, shape.path, { kind: "sequence", length: rank - shape.before });
}

/** The text binds a name to a part: that is how it calls it. */
export function namedAs(m: Machine, name: string, value: Value): void {
  if (m.reading === undefined) return;
  if (value.kind === "unknown" && value.part?.isWhole === true)
    for (const path of value.part.paths) found(m, path, { kind: "named", name });
  if (value.kind !== "int" || !isUnknown(value.size) || value.size.path === undefined) return;
  // An axis that the text reads is a size of its own from then on.
  if (value.size.isWhole) found(m, value.size.path, { kind: "named", name });
  found(m, value.size.path, { kind: "size" });
}

/** What happens depends on the number itself. */
export function needsNumber(m: Machine, size: Dim): void {
  if (m.reading !== undefined) for (const path of namedIn(size)) found(m, path, { kind: "number" });
}

/** The program writes into something that is not known: of its parts nothing can be said from then on. */
export function partChanged(m: Machine, value: Value): void {
  if (m.reading === undefined || value.kind !== "unknown" || value.part?.isWhole !== true) return;
  for (const path of value.part.paths) found(m, path, { kind: "changed" });
}

/** An unknown that was computed from others keeps in mind from which. */
export function computedFrom(m: Machine, result: Value, from: readonly Value[]): Value {
  if (m.reading === undefined) return result;
  const isOpen = result.kind === "int" && isUnknown(result.size) && result.size.path === undefined;
  if (result.kind !== "unknown" && !isOpen) return result;
  const paths = from.flatMap((it) => {
    if (it.kind === "unknown") return it.part?.paths ?? [];
    return it.kind === "int" && isUnknown(it.size) && it.size.path !== undefined ? [it.size.path] : [];
  });
  const [first] = paths;
  if (first === undefined) return result;
  if (result.kind === "int" && isUnknown(result.size)) return int(new UnknownDim(result.size.reason, first, false));
  return result.kind === "unknown" ? { ...result, part: { paths: [...new Set(paths)], isWhole: false } } : result;
}

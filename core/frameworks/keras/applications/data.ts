import { APPLICATIONS } from "../generated/applications.ts";

/** What the builders of `keras.applications` assemble, as the generated text has it; read when first asked for. */

export type Json = null | boolean | number | string | readonly Json[];
/** A layer's class and the arguments that are not its defaults; an operator's class and its constant operands. */
export interface Kind {
  readonly type: string;
  readonly args: Readonly<Record<string, Json>>;
  /** Of an operator, null for a tensor. */
  readonly operands?: readonly Json[] | undefined;
  /** Of a Sequential. */
  readonly layers?: readonly (readonly [Kind, name: string])[] | undefined;
}
/** A call on tensors that were made before it. */
export interface Row {
  readonly kind: Kind;
  /** With `@` for the model's own name; empty where Keras makes one up. */
  readonly name: string;
  /** How many rows back each input is; 0 is the model's input. */
  readonly inputs: readonly number[];
}
/** Values of arguments, and of what follows from the input, under which something is assembled. */
export type Condition = Readonly<Record<string, boolean | number>>;
export type End = "top" | "topWithoutDropout" | "none" | "avg" | "max";
export interface Variant {
  readonly if: Condition;
  readonly heads: readonly (readonly [Condition, rows: number])[];
  readonly body: number;
  readonly ends: Readonly<Partial<Record<End, number>>>;
}
export interface Builder {
  /** Rows and columns of the default input; null where there is none. */
  readonly size: number | null;
  /** The fewest rows and columns that it takes. */
  readonly least: number;
  readonly variants: readonly Variant[];
}

type WrittenKind = readonly [type: string, args: Readonly<Record<string, Json>>];
type WrittenLayer = readonly [...WrittenKind, name: string];
interface Written {
  readonly kinds: readonly WrittenKind[];
  readonly names: string;
  readonly rows: readonly string[];
  readonly builders: Readonly<Record<string, Builder>>;
}

let written: Written | undefined;
const read = (): Written => {
  written ??= JSON.parse(APPLICATIONS) as Written;
  return written;
};
export const builders = (): Readonly<Record<string, Builder>> => read().builders;

const sequences = new Map<number, readonly Row[]>();
export function rowsOf(sequence: number): readonly Row[] {
  const known = sequences.get(sequence);
  if (known !== undefined) return known;
  const text = read().rows[sequence] ?? "";
  const made = text === "" ? [] : text.split(" ").map(rowOf);
  sequences.set(sequence, made);
  return made;
}

const RADIX = 36;
const PREVIOUS: readonly number[] = [1];
/** `kind.name~inputs` */
function rowOf(token: string): Row {
  const [call = "", inputs] = token.split("~");
  const [kind = "", name] = call.split(".");
  return {
    kind: kindOf(parseInt(kind, RADIX)),
    name: name === undefined ? "" : (names()[parseInt(name, RADIX)] ?? ""),
    inputs: inputs?.split(",").map((it) => parseInt(it, RADIX)) ?? PREVIOUS,
  };
}

const kinds = new Map<number, Kind>();
function kindOf(index: number): Kind {
  const known = kinds.get(index);
  if (known !== undefined) return known;
  const made = asKind(read().kinds[index] ?? ["", {}]);
  kinds.set(index, made);
  return made;
}
function asKind([type, { layers, operands, ...args }]: WrittenKind): Kind {
  return {
    type,
    args,
    operands: operands as Kind["operands"],
    layers: (layers as readonly WrittenLayer[] | undefined)?.map(
      ([inner, given, name]) => [asKind([inner, given]), name] as const,
    ),
  };
}

let allNames: readonly string[] | undefined;
/** Each is written as the number of characters that it shares with the one before it, and the rest. */
function names(): readonly string[] {
  if (allNames !== undefined) return allNames;
  let last = "";
  allNames = read()
    .names.split(" ")
    .map((it) => {
      last = last.slice(0, parseInt(it.charAt(0), RADIX)) + it.slice(1);
      return last;
    });
  return allNames;
}

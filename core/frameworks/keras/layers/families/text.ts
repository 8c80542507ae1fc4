/** Arguments of TextVectorization. */
import { type Dim, isUnknown, NONE, provablyDifferent, unknown } from "../../../../tensor/dim.ts";
import { type AnyShape, Shape, unknownRank } from "../../../../tensor/shape.ts";
import { type Arg, dimOf, NOT_A_SIZE } from "../../define.ts";
import type { Version } from "../../version.ts";
import { isList } from "./arguments.ts";
import { encoded, type Mode } from "./encoding.ts";

const SPLITS = ["whitespace", "character"];
/** How strings are split, or that they are not; a function splits too. */
export type Split = "whitespace" | "character" | "somehow" | false;
export const splitting = (): Arg<Split> => ({
  cases: (given) => {
    if (given === null) return [false];
    if (isUnknown(given)) return ["somehow", false];
    return [given === "whitespace" || given === "character" ? given : "somehow"];
  },
  refuses: (given) =>
    typeof given === "string" && !SPLITS.includes(given)
      ? 'must be "whitespace", "character", None or a function'
      : undefined,
});

/** The strings as they are looked up: split, a last axis of size 1 makes way for the words. */
const splitStrings = (splits: Split, x: Shape): Shape =>
  splits ? (x.rank > 1 ? x.slice(0, -1) : x).concat([NONE]) : x;

/** Only one string a sample can be split. */
export const cannotSplit = (splits: Split, x: Shape): boolean =>
  splits !== false && x.rank > 1 && provablyDifferent(x.last, 1);
/** Certainly one string a sample; `None` is meant to be that. */
export const canSplit = (splits: Split, x: Shape): boolean => !splits || x.rank <= 1 || x.last === 1 || x.last === NONE;

/** Several strings a sample fail when they run; until then Keras says this. */
const unsplit = (mode: Mode, x: Shape, length: Dim, depth: Dim): Shape =>
  mode === "int" ? x.slice(0, 1).concat([length]) : x.concat(mode === "one_hot" ? [NONE, depth] : [depth]);

export const ngrams = (): Arg<undefined> => ({
  cases: () => [undefined],
  refuses: (given) =>
    given === null || isUnknown(given) || typeof given === "boolean" || isList(given) || dimOf(given) !== NOT_A_SIZE
      ? undefined
      : "must be a whole number, or a tuple of them",
});

/** Every row is cut or filled to this length. */
export const sequenceLength = (): Arg<Dim | null> => ({
  cases: (given) => (given === null ? [null] : isUnknown(given) ? [null, given] : [given === true ? 1 : dimOf(given)]),
  refuses: (given) =>
    given === null || typeof given === "boolean" || isUnknown(given) || dimOf(given) !== NOT_A_SIZE
      ? undefined
      : "must be a whole number or None",
});

interface Texts {
  readonly split: Split;
  readonly output_mode: Mode;
  readonly output_sequence_length: Dim | null;
}
/** A row of numbers for each string, or one code; `size`: how many words the vocabulary has. */
export function vectorised(a: Texts, given: Shape, size: Dim, keras: Version | undefined): AnyShape {
  const isKept = keras !== 2 || !a.split || a.split === "character" || given.rank === 0 || given.batch === NONE;
  const lost = a.split === "whitespace" ? NONE : unknown("how strings are split decides whether their number is kept");
  const x = isKept ? given : given.with(0, lost);
  const length = a.output_sequence_length ?? NONE;
  if (cannotSplit(a.split, x)) return unsplit(a.output_mode, x, length, size);
  const strings = splitStrings(a.split, x);
  if (a.output_mode !== "int")
    return canSplit(a.split, x) ? encoded(a.output_mode, strings, size) : unknownRank("it may be several strings");
  if (keras === 2 && !a.split) return a.output_sequence_length === null ? x : unknownRank("strings are not split");
  if (strings.rank > 1) return strings.withLast(length);
  return a.output_sequence_length === null ? strings : new Shape([length]);
}

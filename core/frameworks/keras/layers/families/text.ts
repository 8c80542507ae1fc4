/** Arguments of TextVectorization. */
import { type Dim, isUnknown, NONE, provablyDifferent } from "../../../../tensor/dim.ts";
import type { Shape } from "../../../../tensor/shape.ts";
import { type Arg, dimOf, NOT_A_SIZE } from "../../define.ts";
import { isList } from "./arguments.ts";
import type { Mode } from "./encoding.ts";

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
export const splitStrings = (splits: Split, x: Shape): Shape =>
  splits ? (x.rank > 1 ? x.slice(0, -1) : x).concat([NONE]) : x;

/** Only one string a sample can be split. */
export const cannotSplit = (splits: Split, x: Shape): boolean =>
  splits !== false && x.rank > 1 && provablyDifferent(x.last, 1);
/** Certainly one string a sample; `None` is meant to be that. */
export const canSplit = (splits: Split, x: Shape): boolean => !splits || x.rank <= 1 || x.last === 1 || x.last === NONE;

/** Several strings a sample fail when they run; until then Keras says this. */
export const unsplit = (mode: Mode, x: Shape, length: Dim, depth: Dim): Shape =>
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

/** What the constructor of a layer may be given, and the kinds of arguments that a declaration reads. */
import { type Dim, isUnknown, unknown } from "../../tensor/dim.ts";
import { Shape } from "../../tensor/shape.ts";

/**
 * What an argument was given: a constant, a size, a nested sequence, another layer, or an unknown with its reason. A
 * Python float is `{ float }`, so that `1.0` is not taken for a size.
 */
export type Given = Dim | boolean | string | null | { readonly float: number } | LayerHandle | readonly Given[];

/** A layer that is given to a layer: TimeDistributed's, Bidirectional's, an RNN's cell. */
export interface LayerHandle {
  readonly handle: number;
  /** `LSTM`, or the user's own class. */
  readonly type: string;
  /** Its arguments, defaults filled in; undefined for a class that has no declaration. */
  readonly args: Readonly<Record<string, unknown>> | undefined;
  /** What a user's class set on itself that a wrapper asks for: `state_size`, `output_size`, `return_sequences`. */
  readonly attributes?: Readonly<Record<string, Given>>;
}

/**
 * One constructor argument. `cases` lists what the value may be: one entry when it is known, every option of a flag or
 * an enumeration when it is not. The rules run for each case and the answers are joined, so a rule never sees an
 * unknown flag, and an unknown flag never becomes a wrong claim.
 */
export interface Arg<T> {
  cases(given: Given): readonly T[];
  /** A whole number, or several; `form`: one that decides more than an axis, such as a stride. */
  readonly takes?: "size" | "form";
  /** Why the constructor certainly refuses the value, in the words that follow the argument's name: `must be …`. */
  refuses?(given: Given): string | undefined;
}
export type ArgSpecs = Readonly<Record<string, Arg<unknown>>>;
export type Values<A extends ArgSpecs> = { readonly [K in keyof A]: A[K] extends Arg<infer T> ? T : never };

const isDim = (given: Given): given is Dim =>
  typeof given === "number" ||
  typeof given === "symbol" ||
  isUnknown(given) ||
  (typeof given === "object" && given !== null && "terms" in given);
/** Certainly no whole number: a string, a float, a list. An unknown stays the unknown that it is. */
export const NOT_A_SIZE = unknown("not a whole number");
export const dimOf = (given: Given): Dim => (isDim(given) ? given : NOT_A_SIZE);
const isList = (given: Given): given is readonly Given[] => Array.isArray(given);

/** A whole number. Defaults come from Keras's own signature. */
export const size = (): Arg<Dim> => ({ takes: "size", cases: (given) => [dimOf(given)] });
/** `n` whole numbers, or one for all of them. */
export const sizes = (n: number): Arg<Shape> => ({
  takes: "form",
  cases: (given) => [new Shape(isList(given) ? given.map(dimOf) : Array<Dim>(n).fill(dimOf(given)))],
});
/** One of the options; an unknown value, or one that Keras would not know, may be any of them. */
export const oneOf = <T extends string>(...options: readonly [T, ...T[]]): Arg<T> => ({
  cases: (given) => {
    const lower = typeof given === "string" ? given.toLowerCase() : given;
    const found = options.find((option) => option === lower);
    return found === undefined ? options : [found];
  },
  refuses: (given) =>
    typeof given !== "string" || options.some((option) => option === given.toLowerCase())
      ? undefined
      : `must be ${options.map((option) => `"${option}"`).join(" or ")}`,
});
export const flag = (): Arg<boolean> => ({
  cases: (given) => (typeof given === "boolean" ? [given] : typeof given === "number" ? [given !== 0] : [false, true]),
});
/** A number of either kind; undefined where it is not known. */
export const number = (): Arg<number | undefined> => ({
  cases: (given) => [
    typeof given === "number"
      ? given
      : typeof given === "object" && given !== null && "float" in given
        ? given.float
        : undefined,
  ],
});
/** `None` or what `inner` reads; null stands for `None`. */
export const optional = <T>(inner: Arg<T>): Arg<T | null> => ({
  ...(inner.takes && { takes: inner.takes }),
  cases: (given) => (given === null ? [null] : isUnknown(given) ? [null, ...inner.cases(given)] : inner.cases(given)),
  refuses: (given) => (given === null ? undefined : inner.refuses?.(given)),
});
/** The value as it was given, for arguments with a form of their own. */
export const raw = (): Arg<Given> => ({ cases: (given) => [given] });
/** A flag of the call, false unless it is given. */
export const callFlag = (): Arg<boolean> => ({ cases: (given) => (given === null ? [false] : flag().cases(given)) });

interface Listed {
  readonly entries: readonly (readonly [string, Arg<unknown>])[];
  /** A row that has all names already: a copy of it has the right room, and all copies one form. */
  readonly blank: Readonly<Record<string, unknown>>;
}
const lists = new WeakMap<ArgSpecs, Listed>();
function listed(args: ArgSpecs): Listed {
  const known = lists.get(args);
  if (known !== undefined) return known;
  const entries = Object.entries(args);
  const made = { entries, blank: Object.fromEntries(entries.map(([key]) => [key, undefined])) };
  lists.set(args, made);
  return made;
}
/** The arguments that a declaration reads; listed once. */
export const entriesOf = (args: ArgSpecs): Listed["entries"] => listed(args).entries;

/** The rows of values that arguments may have together, by what was given; what was not is null. */
export const casesOf = <A extends ArgSpecs>(args: A, given: Readonly<Record<string, Given>>): readonly Values<A>[] =>
  allCases(args, given) as unknown as readonly Values<A>[];
function allCases(
  args: ArgSpecs,
  given: Readonly<Record<string, Given>>,
): readonly Readonly<Record<string, unknown>>[] {
  const { entries, blank } = listed(args);
  let rows: Record<string, unknown>[] = [{ ...blank }];
  for (const [key, arg] of entries) {
    const options = arg.cases(given[key] ?? null);
    // Nearly all arguments are known: then nothing is copied.
    if (options.length === 1) for (const row of rows) row[key] = options[0];
    else rows = rows.flatMap((row) => options.map((option) => ({ ...row, [key]: option })));
  }
  return rows;
}

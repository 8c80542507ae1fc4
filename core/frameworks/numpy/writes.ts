import type { Machine } from "../../interpreter/machine.ts";
import { type Args, NONE_VALUE, native, nativeMethod, type Value } from "../../interpreter/values.ts";
import { fill, spoil } from "../operation/storage.ts";
import { callable, type Operation } from "../operation.ts";
import { NUMPY } from "./library.ts";

/** What writes into an array and gives nothing. */

type Write = (m: Machine, args: Args) => void;
const argument = ({ list }: Args, place: number): Value | undefined => list[place]?.value;

/** Which elements are where is not followed; `place` says which argument is written into. */
const scattered =
  (place = 0): Write =>
  (m, args) => {
    const array = argument(args, place);
    if (array?.kind === "tensor") spoil(m, array);
  };
/** All elements become what is given. */
const filled: Write = (m, args) => {
  const [array, value] = [argument(args, 0), argument(args, 1)];
  if (array?.kind !== "tensor" || value === undefined) return;
  if (args.list.length > 2) spoil(m, array);
  else fill(m, array, value);
};
const sorted =
  (sort: Operation | undefined): Write =>
  (m, args) => {
    const array = argument(args, 0);
    const made = sort && callable(NUMPY, sort).call(m, args);
    if (array?.kind === "tensor" && made?.kind === "tensor") fill(m, array, made);
  };

const silent = (write: Write) => (m: Machine, args: Args) => {
  write(m, args);
  return NONE_VALUE;
};

/** An array's methods. */
export const writingMethods = (sort: Operation | undefined): readonly [string, Value][] =>
  Object.entries({ fill: filled, sort: sorted(sort), partition: scattered(), itemset: scattered() }).map(
    ([name, write]) => [name, nativeMethod(`ndarray.${name}`, silent(write))],
  );

/** NumPy's functions. */
export const WRITING: readonly (readonly [string, Value])[] = [
  ...["put", "place", "putmask", "fill_diagonal", "put_along_axis", "random.shuffle"].map(
    (name) => [name, scattered()] as const,
  ),
  ["copyto", filled] as const,
].map(([name, write]) => [`numpy.${name}`, native(`numpy.${name}`, silent(write))]);

/** A generator's, whose first argument is itself. */
export const SHUFFLE = nativeMethod("Generator.shuffle", silent(scattered(1)));

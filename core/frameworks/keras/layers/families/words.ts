import { isUnknown } from "../../../../tensor/dim.ts";
import type { Arg } from "../../define.ts";

/** One of the options, which Keras compares as they are written; null among them is `None`. */
export const exactly = <const T extends string | null>(...options: readonly T[]): Arg<T> => ({
  cases: (given) => {
    const found = options.find((option) => option === given);
    return found === undefined ? options : [found];
  },
  refuses: (given) =>
    isUnknown(given) || options.some((option) => option === given)
      ? undefined
      : `must be ${options.map((option) => (option === null ? "None" : `"${option}"`)).join(" or ")}`,
});

import { type Arg, dimOf } from "../../define.ts";

/** One axis; undefined where it is not known. */
export const axisArgument = (): Arg<number | undefined> => ({
  cases: (given) => {
    const axis = dimOf(given);
    return [typeof axis === "number" ? axis : undefined];
  },
});

import type { Machine } from "../../../interpreter/machine.ts";
import { type Arg, stringOf, type Value } from "../../../interpreter/values.ts";
import { argumentOfLoss } from "../functions/losses.ts";
import { inFull } from "./names.ts";

/** A loss of Keras's own, as `compile` was given it. */
export interface Loss {
  /** Keras's name for the function: `categorical_crossentropy`. */
  readonly name: string;
  /** Undefined where it is not known. */
  readonly fromLogits: boolean | undefined;
  /** Of `compile`: the loss itself, or the list or dictionary that holds it. */
  readonly arg: Arg;
  readonly value: Value;
}

/** Undefined for a loss of the user's own, which may want anything. */
export function readLoss(m: Machine, arg: Arg, value: Value): Loss | undefined {
  const said =
    value.kind === "native"
      ? value.name
      : value.kind === "instance" && value.class.members !== undefined
        ? value.class.name
        : stringOf(value);
  if (said === undefined) return undefined;
  const short = said
    .slice(said.lastIndexOf(".") + 1)
    .replace(/([a-z])([A-Z])/g, "$1_$2")
    .toLowerCase();
  const logits = value.kind === "instance" ? argumentOfLoss(m, value, "from_logits") : undefined;
  const fromLogits = logits === undefined ? false : logits.kind === "bool" ? logits.value : undefined;
  return { name: inFull(short) ?? short, fromLogits, arg, value };
}

/** Losses of one number for each element, which subtract one tensor from the other. */
export const isRegression = (name: string): boolean => REGRESSION.has(name);
const REGRESSION = new Set(
  (
    "mean_squared_error mean_absolute_error mean_absolute_percentage_error mean_squared_logarithmic_error " +
    "huber log_cosh"
  ).split(" "),
);

/** Losses that go over the elements of both tensors, one stretched over the other as NumPy does. */
export const isElementwise = (name: string): boolean => REGRESSION.has(name) || OTHER.has(name);
const OTHER = new Set(
  (
    "kl_divergence poisson hinge squared_hinge categorical_hinge cosine_similarity dice tversky " +
    "categorical_focal_crossentropy"
  ).split(" "),
);

/** The class of a loss: `categorical_crossentropy` → `CategoricalCrossentropy`. */
export const className = (name: string): string =>
  name.replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase());

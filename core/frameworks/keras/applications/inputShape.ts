import { iterate } from "../../../interpreter/iterate.ts";
import type { Machine } from "../../../interpreter/machine.ts";
import { truth } from "../../../interpreter/operators.ts";
import { raised } from "../../../interpreter/raising.ts";
import {
  type Args,
  int,
  NONE_VALUE,
  sizeOf,
  stringOf,
  tuple,
  unknown,
  type Value,
} from "../../../interpreter/values.ts";
import { argument } from "../../operation/control.ts";

/** `obtain_input_shape` of keras.src.applications.imagenet_utils, which libraries of models call as Keras's own do. */
export function obtainInputShape(m: Machine, args: Args): Value {
  const given = argument(args, "input_shape", 0);
  const side = argument(args, "default_size", 1);
  const isFlat = truth(m, argument(args, "require_flatten", 4));
  const weights = args.list.find((it, i) => it.name === "weights" || (it.name === undefined && i === 5))?.value;
  const isImagenet = weights === undefined || stringOf(weights) === "imagenet";
  const { items, rest } = given.kind === "none" ? { items: [], rest: undefined } : iterate(m, given);
  const isLast = stringOf(argument(args, "data_format", 3)) === "channels_last";
  if (!isLast || isFlat === undefined || rest !== undefined || weights?.kind === "unknown")
    return unknown("the shape that is obtained is not known");
  const [, , channels] = items;
  const usual = tuple([side, side, isImagenet || items.length !== 3 || channels === undefined ? int(3) : channels]);
  if (isImagenet && isFlat) return items.length === 0 ? usual : unknown("whether the shape goes with the weights");
  if (items.length === 0) return isFlat ? usual : tuple([NONE_VALUE, NONE_VALUE, int(3)]);
  const isOpen = isFlat && items.some((it) => it.kind === "none");
  const isOther = isImagenet && channels?.kind === "int" && channels.size !== 3;
  return items.length !== 3 || isOpen || isOther || isShort(items, argument(args, "min_size", 2))
    ? raised(m, "ValueError", "Keras raises: such an input_shape is not for the model")
    : given;
}

function isShort([rows, columns]: readonly Value[], least: Value): boolean {
  const [bound, ...sizes] = [least, rows, columns].map((it) => (it === undefined ? undefined : sizeOf(it)));
  return typeof bound === "number" && sizes.some((it) => typeof it === "number" && it < bound);
}

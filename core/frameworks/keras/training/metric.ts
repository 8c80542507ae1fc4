import { dictOf, itemsOf } from "../../../interpreter/containers.ts";
import type { Machine } from "../../../interpreter/machine.ts";
import { type Arg, stringOf, type Value } from "../../../interpreter/values.ts";
import { givenTo } from "../functions/losses.ts";
import { snakeCase } from "../runtime/automaticNames.ts";
import type { LayerRecord } from "../runtime/records.ts";
import { inFull } from "./names.ts";

/** A metric of Keras's own, as `compile` was given it for one output. */
export interface Metric {
  /** In snake case, whatever the spelling: `binary_accuracy`, `auc`, `mean_io_u`; `accuracy` only for that string. */
  readonly name: string;
  /** As the program writes it: `BinaryAccuracy`, `acc`. */
  readonly said: string;
  /** The names of the arguments that it was given; `?` among them where they are not all known. */
  readonly given: readonly string[];
  /** Of `compile`: what holds it. */
  readonly arg: Arg;
}

/** The metrics that go with one output: those of Keras's own, and the functions of the program's. */
export function metricsOf(
  m: Machine,
  { compiled }: LayerRecord,
  names: readonly string[] | undefined,
  count: number,
  index: number,
): readonly (Metric | Extract<Value, { kind: "function" }>)[] {
  return ["metrics", "weighted_metrics"].flatMap((parameter) => {
    const arg = compiled?.args[parameter];
    if (arg === undefined) return [];
    const own = count === 1 ? arg.value : forOutput(m, arg.value, names, count, index);
    return own === undefined
      ? []
      : flat(m, own).flatMap((it) => (it.kind === "function" ? it : (read(m, it, arg) ?? [])));
  });
}

function forOutput(
  m: Machine,
  value: Value,
  names: readonly string[] | undefined,
  count: number,
  index: number,
): Value | undefined {
  const items = itemsOf(m, value);
  if (items !== undefined) return items.length === count ? items[index] : undefined;
  if (value.kind !== "dict" || names === undefined) return undefined;
  const entries = [...dictOf(m, value).entries.values()];
  return entries.find(({ key }) => key.kind === "str" && key.value === names[index])?.value;
}

function flat(m: Machine, value: Value): readonly Value[] {
  if (value.kind === "dict") return [...dictOf(m, value).entries.values()].flatMap((it) => flat(m, it.value));
  return itemsOf(m, value)?.flatMap((it) => flat(m, it)) ?? [value];
}

function read(m: Machine, value: Value, arg: Arg): Metric | undefined {
  const text = stringOf(value);
  if (text !== undefined) {
    const name = /^acc(?:uracy)?$/i.test(text) ? "accuracy" : (inFull(text) ?? snakeCase(text));
    return { name, said: text, given: [], arg };
  }
  const isOwn = value.kind === "instance" && value.class.members !== undefined;
  const qualified = value.kind === "native" ? value.name : isOwn ? value.class.qualifiedName : undefined;
  if (qualified === undefined || !/^keras\.(?:metrics|losses)\./.test(qualified)) return undefined;
  const said = qualified.slice(qualified.lastIndexOf(".") + 1);
  const given = value.kind === "instance" ? givenTo(m, value) : [];
  return { name: said === "Accuracy" ? "exact_accuracy" : snakeCase(said), said, given, arg };
}

import { listOf } from "../../../../interpreter/containers.ts";
import type { Machine } from "../../../../interpreter/machine.ts";
import type { Fault, PlacedEdit } from "../../../../interpreter/record.ts";
import type { Arg, Value } from "../../../../interpreter/values.ts";
import { hasRank } from "../../../../tensor/shape.ts";
import { definitionOf } from "../../runtime/definitions.ts";
import { besides } from "../related.ts";

type Given = Readonly<Record<string, Arg>>;

/**
 * Numbers in Python's own lists: Keras 3 takes arrays, and takes a list for one of arrays. Each becomes an array where
 * it is written, or where it is given. Source: `array_data_adapter.can_convert_arrays` in keras.src.trainers.
 */
export function listsOfNumbers(m: Machine, args: Given, validation: () => Given): Fault | undefined {
  const { x, y } = args;
  const lists = Object.entries({ x, y }).flatMap(([name, arg]) => {
    if (arg === undefined) return [];
    return isNumbers(m, arg.value) || (arg === x && areSamples(m, x, y)) ? [{ name, arg }] : [];
  });
  const edits = lists.flatMap(({ arg }): readonly PlacedEdit[] => {
    const place = definitionOf(m, arg.node)?.place ?? arg.place;
    return place === undefined ? [] : [{ place, text: "numpy.array …", form: "in call" }];
  });
  const [first] = edits;
  if (lists.length === 0) return undefined;
  // What is looked at after the first epoch is taken no otherwise.
  const later = Object.values(validation()).flatMap(({ value, place }): readonly PlacedEdit[] =>
    place !== undefined && isNumbers(m, value) ? [{ place, text: "numpy.array …", form: "in call" }] : [],
  );
  const names = lists.map(({ name }) => `\`${name}\``).join(" and ");
  return {
    code: "data-shape",
    severity: "error",
    place: first?.place ?? m.here,
    message: `${names}: Keras 3 takes arrays of numbers, and this is a list: np.array makes one of it`,
    related: first === undefined ? [] : besides(first.place, [{ place: m.here, message: "Keras raises here" }]),
    repairs:
      edits.length < lists.length ? [] : [{ title: "np.array(…)", preferred: true, edits: [...edits, ...later] }],
  };
}

/** Arrays beside as many numbers in a list: they were gathered together, and are no inputs each. */
function areSamples(m: Machine, { value }: Arg, y: Arg | undefined): boolean {
  if (value.kind !== "list" || y?.value.kind !== "list" || !isNumbers(m, y.value)) return false;
  const [samples, labels] = [listOf(m, value), listOf(m, y.value)];
  const isCounted = samples.rest === undefined && labels.rest === undefined && samples.items.length > 1;
  return isCounted && samples.items.length === labels.items.length && samples.items.every((it) => it.kind === "tensor");
}

/** A list, at any depth, that holds nothing but numbers. */
function isNumbers(m: Machine, value: Value): boolean {
  if (value.kind !== "list") return false;
  const { items, rest } = listOf(m, value);
  const all = rest === undefined ? items : [...items, rest.element];
  return all.length > 0 && all.every((it) => isNumber(it) || isNumbers(m, it));
}
function isNumber(value: Value): boolean {
  if (value.kind === "tensor") return hasRank(value.shape) && value.shape.rank === 0;
  const type = value.kind === "unknown" ? value.type : value.kind;
  return type === "int" || type === "float" || type === "bool";
}

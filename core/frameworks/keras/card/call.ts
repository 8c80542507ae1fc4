import { listOf } from "../../../interpreter/containers.ts";
import { display } from "../../../interpreter/display.ts";
import type { Machine } from "../../../interpreter/machine.ts";
import { float, type Value } from "../../../interpreter/values.ts";
import { printDim } from "../../../tensor/dim.ts";
import { declaredParameters } from "../runtime/layerAttributes.ts";
import { type LayerRecord, recordOf } from "../runtime/records.ts";
import type { Default, Literal } from "../signatures.ts";

/** Layers in layers that are written out. */
const DEEPEST = 2;
/** Longer texts are cut: a vocabulary may be an argument. */
const LONGEST = 80;

/**
 * The construction as it was understood: `Dense(units=64, activation="relu")`. What says the same as the default is
 * left out, and so is the name, which stands by itself.
 */
export function callText(m: Machine, record: LayerRecord, depth = 0): string {
  const parameters = declaredParameters(m, record);
  const texts = Object.entries(record.args).flatMap(([name, { value }]) => {
    const fallback = parameters.find((it) => it.name === name)?.default;
    const text = valueText(m, value, depth);
    return name === "name" || (fallback !== undefined && text === defaultText(m, fallback)) ? [] : [`${name}=${text}`];
  });
  return `${record.type}(${texts.join(", ")})`;
}

/** As Python would write it, strings in double quotes; `?` for what is not known, a name for what has one. */
export function valueText(m: Machine, value: Value, depth: number): string {
  switch (value.kind) {
    case "int":
      return printDim(value.size);
    case "str":
      return cut(JSON.stringify(value.value));
    case "tuple":
      return sequence(m, value.items, "(", value.items.length === 1 ? ",)" : ")", depth);
    case "list": {
      const { items, rest } = listOf(m, value);
      return rest === undefined ? sequence(m, items, "[", "]", depth) : "[…]";
    }
    case "instance":
      return instanceText(m, value, depth);
    case "class":
    case "function":
      return value.name;
    case "native":
      return value.name.slice(value.name.lastIndexOf(".") + 1);
    case "dict":
      return cut(display(m, value, true) ?? "{…}");
    default:
      return cut(display(m, value, true) ?? "?");
  }
}

function instanceText(m: Machine, value: Extract<Value, { kind: "instance" }>, depth: number): string {
  const record = recordOf(m, value);
  return record?.declared !== undefined && depth < DEEPEST
    ? callText(m, record, depth + 1)
    : `${record?.type ?? value.class.name}(…)`;
}

const sequence = (m: Machine, items: readonly Value[], open: string, close: string, depth: number): string =>
  cut(open + items.map((it) => valueText(m, it, depth)).join(", ") + close);
const cut = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text);

const defaultText = (m: Machine, given: Default): string | undefined =>
  "literal" in given ? literalText(m, given.literal) : undefined;

function literalText(m: Machine, it: Literal): string {
  if (it === null) return "None";
  if (typeof it === "boolean") return it ? "True" : "False";
  if (typeof it === "string") return JSON.stringify(it);
  if ("int" in it) return String(it.int);
  if ("float" in it) return valueText(m, float(it.float), 0);
  const items = "tuple" in it ? it.tuple : it.list;
  const text = items.map((item) => literalText(m, item)).join(", ");
  return "list" in it ? `[${text}]` : `(${text}${items.length === 1 ? "," : ""})`;
}

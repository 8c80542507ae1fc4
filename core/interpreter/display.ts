import { isUnknown, printDim } from "../tensor/dim.ts";
import { dictOf, listOf } from "./containers.ts";
import type { Machine } from "./machine.ts";
import type { Value } from "./values.ts";

/** What `str(value)` or `repr(value)` gives; undefined where it is not certain. */
export function display(m: Machine, value: Value, quoted = false): string | undefined {
  switch (value.kind) {
    case "none":
      return "None";
    case "bool":
      return value.value ? "True" : "False";
    case "int":
      return isUnknown(value.size) || typeof value.size !== "number" ? undefined : printDim(value.size);
    case "float":
      return floatText(value.value);
    case "str":
      return quoted
        ? `'${value.value.replaceAll("\\", "\\\\").replaceAll("'", "\\'").replaceAll("\n", "\\n")}'`
        : value.value;
    case "tuple": {
      const parts = value.items.map((item) => display(m, item, true));
      return parts.includes(undefined) ? undefined : `(${parts.join(", ")}${parts.length === 1 ? "," : ""})`;
    }
    case "list": {
      const { items, rest } = listOf(m, value);
      const parts = items.map((item) => display(m, item, true));
      return rest !== undefined || parts.includes(undefined) ? undefined : `[${parts.join(", ")}]`;
    }
    case "dict": {
      const { entries, open } = dictOf(m, value);
      const parts = [...entries.values()].map((it) => [display(m, it.key, true), display(m, it.value, true)]);
      if (open !== undefined || parts.flat().includes(undefined)) return undefined;
      return `{${parts.map(([k, v]) => `${k}: ${v}`).join(", ")}}`;
    }
    default:
      return undefined;
  }
}

/** Python's shortest text for a float. */
export function floatText(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e16 || size < 1e-4)) {
    return value.toExponential().replace(/e([+-])(\d)$/, "e$10$2");
  }
  return Number.isInteger(value) ? `${value}.0` : String(value);
}

/** `format(value, specification)` for the specifications that appear in names: width, zero padding, alignment, digits. */
export function formatted(m: Machine, value: Value, specification: string): string | undefined {
  if (specification === "") return display(m, value);
  const match = /^(?:(.)?([<>=^]))?([+ ]?)(0?)(\d*)(,?)(?:\.(\d+))?([bdfeEgsx%]?)$/.exec(specification);
  const plain = display(m, value);
  if (match === null || plain === undefined) return undefined;
  const [, fill, align, sign, zero, width, comma, digits, type] = match;
  const number = value.kind === "int" || value.kind === "float" ? Number(plain) : undefined;
  let text = plain;
  if (number !== undefined && (type === "f" || type === "%")) {
    text = (type === "%" ? number * 100 : number).toFixed(Number(digits ?? 6)) + (type === "%" ? "%" : "");
  } else if (number !== undefined && (type === "x" || type === "b")) text = number.toString(type === "x" ? 16 : 2);
  else if (type === "e" || type === "E" || type === "g" || (number !== undefined && digits !== undefined))
    return undefined;
  else if (digits !== undefined) text = text.slice(0, Number(digits));
  if (comma === "," && number !== undefined) text = text.replace(/\B(?=(\d{3})+(?!\d))/g, ",");
  if (sign === "+" && number !== undefined && number >= 0) text = `+${text}`;
  const room = Number(width === "" ? 0 : width);
  const pad = zero === "0" ? "0" : (fill ?? " ");
  const toLeft = align === undefined ? number === undefined : align === "<";
  if (align === "^") return text.padStart(Math.floor((room + text.length) / 2), pad).padEnd(room, pad);
  return toLeft ? text.padEnd(room, pad) : text.padStart(room, pad);
}

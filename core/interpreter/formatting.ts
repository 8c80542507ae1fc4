import { callMethod } from "./calls.ts";
import { display, withExponent } from "./display.ts";
import type { Machine } from "./machine.ts";
import { fixed } from "./rounding.ts";
import { numberOf, positional, str, stringOf, type Value } from "./values.ts";

/** Python's format specifications: `[[fill]align][sign][#][0][width][,][.digits][type]`. */
interface Specification {
  readonly fill: string;
  readonly align: string | undefined;
  readonly sign: string;
  readonly alternate: boolean;
  readonly width: number;
  readonly grouping: string;
  readonly digits: number | undefined;
  readonly type: string;
}

const PATTERN = /^(?:(.)?([<>=^]))?([+\- ]?)(#?)(0?)(\d*)([,_]?)(?:\.(\d+))?([bcdeEfFgGosxX%]?)$/su;
const WIDEST = 10_000;

function specificationOf(text: string): Specification | undefined {
  const match = PATTERN.exec(text);
  if (match === null) return undefined;
  const [, fill, align, sign = "", alternate, zero, width, grouping = "", digits, type = ""] = match;
  const padded = zero === "0" && align === undefined;
  if (Number(width) > WIDEST || Number(digits ?? 0) > 60 || (zero === "0" && grouping !== "")) return undefined;
  return {
    fill: fill ?? (zero === "0" ? "0" : " "),
    align: padded ? "=" : align,
    sign,
    alternate: alternate === "#",
    width: Number(width),
    grouping,
    digits: digits === undefined ? undefined : Number(digits),
    type,
  };
}

/** `format(value, specification)`; undefined where it is not certain or Python would raise. */
export function formatted(m: Machine, value: Value, text: string): string | undefined {
  const own = callMethod(m, value, "__format__", positional(str(text)));
  if (own !== undefined) return stringOf(own);
  if (text === "") return display(m, value);
  const it = specificationOf(text);
  if (it === undefined) return undefined;
  if (value.kind === "str") return formattedText(value.value, it);
  const number = numberOf(value);
  if (number === undefined) return undefined;
  const digits =
    value.kind === "float" || /[eEfFgG%]/.test(it.type) ? floatDigits(number, it) : wholeDigits(number, it);
  return digits === undefined ? undefined : padded(signed(digits, number, it), it, ">");
}

function formattedText(value: string, it: Specification): string | undefined {
  if ((it.type !== "" && it.type !== "s") || it.sign !== "" || it.grouping !== "" || it.alternate) return undefined;
  const align = it.align === "=" ? (it.fill === "0" ? "<" : undefined) : it.align;
  if (align === undefined && it.align === "=") return undefined;
  const kept = it.digits === undefined ? value : [...value].slice(0, it.digits).join("");
  return padded(["", kept], { ...it, align }, "<");
}

/** The sign, with what must stay before any padding, and the digits. */
type Signed = readonly [before: string, digits: string];

function signed(digits: string, number: number, it: Specification): Signed {
  const minus = number < 0 || Object.is(number, -0);
  const prefix = it.alternate && /[boxX]/.test(it.type) ? `0${it.type}` : "";
  return [(minus ? "-" : it.sign === "-" ? "" : it.sign) + prefix, digits];
}

const grouped = (digits: string, separator: string, every = 3): string =>
  separator === "" ? digits : digits.replace(new RegExp(`\\B(?=(.{${every}})+$)`, "g"), separator);

function wholeDigits(number: number, it: Specification): string | undefined {
  if (it.digits !== undefined) return undefined;
  const size = Math.abs(number);
  switch (it.type) {
    case "":
    case "d":
      return grouped(String(size), it.grouping);
    case "b":
      return grouped(size.toString(2), it.grouping, 4);
    case "o":
      return grouped(size.toString(8), it.grouping, 4);
    case "x":
      return grouped(size.toString(16), it.grouping, 4);
    case "X":
      return grouped(size.toString(16).toUpperCase(), it.grouping, 4);
    default:
      return undefined;
  }
}

function floatDigits(number: number, it: Specification): string | undefined {
  if (!Number.isFinite(number) || it.alternate) return undefined;
  const size = Math.abs(number);
  const text = unsigned(size, it);
  if (text === undefined) return undefined;
  const [whole = "", fraction] =
    text.split(/(?=[.e%])/, 2).length > 1 ? [/^\d*/.exec(text)?.[0] ?? "", text.replace(/^\d*/, "")] : [text];
  return grouped(whole, it.grouping) + (fraction ?? "");
}

function unsigned(size: number, { type, digits }: Specification): string | undefined {
  switch (type) {
    case "f":
    case "F":
      return size < 1e21 ? fixed(size, digits ?? 6) : undefined;
    case "%":
      return size < 1e18 ? `${fixed(size * 100, digits ?? 6)}%` : undefined;
    case "e":
      return exponential(size, digits ?? 6);
    case "E":
      return exponential(size, digits ?? 6)?.toUpperCase();
    case "g":
      return general(size, digits ?? 6);
    case "G":
      return general(size, digits ?? 6)?.toUpperCase();
    case "":
      if (digits === undefined) return /^\d.*$/.exec(displayed(size))?.[0];
      return Number.isInteger(size) ? undefined : general(size, digits);
    default:
      return undefined;
  }
}
const displayed = (size: number): string => {
  const text = size >= 1e16 || (size !== 0 && size < 1e-4) ? withExponent(size.toExponential()) : String(size);
  return Number.isInteger(size) && !text.includes("e") ? `${text}.0` : text;
};

function exponential(size: number, digits: number): string | undefined {
  // A tie goes to the even digit in Python and to the larger one here.
  const [, decimals = ""] = /^\d\.?(\d*)e/.exec(size.toExponential(Math.min(100, digits + 40))) ?? [];
  if (/^50*$/.test(decimals.slice(digits))) return undefined;
  return withExponent(size.toExponential(digits));
}

function general(size: number, digits: number): string | undefined {
  const precision = Math.max(1, digits);
  if (size === 0) return "0";
  const text = exponential(size, precision - 1);
  if (text === undefined) return undefined;
  const exponent = Number(text.split("e")[1]);
  const stripped = (it: string): string => (it.includes(".") ? it.replace(/\.?0+$/, "") : it);
  if (exponent >= -4 && exponent < precision) return stripped(fixed(size, precision - 1 - exponent));
  const [mantissa = "", power = ""] = text.split("e");
  return `${stripped(mantissa)}e${power}`;
}

function padded([before, digits]: Signed, it: Specification, usual: "<" | ">"): string {
  const room = Math.max(0, it.width - [...before, ...digits].length);
  const fill = (count: number): string => it.fill.repeat(count);
  switch (it.align ?? usual) {
    case "<":
      return before + digits + fill(room);
    case "=":
      return before + fill(room) + digits;
    case "^":
      return fill(Math.floor(room / 2)) + before + digits + fill(Math.ceil(room / 2));
    default:
      return fill(room) + before + digits;
  }
}

import type { Literal } from "../syntax.ts";

/** Digits as Python writes them; `undefined` for what only Python 2 took (`0777`, `10L`) or a misplaced underscore. */
export function readNumber(text: string): Literal | undefined {
  const plain = text.toLowerCase();
  if (/(?:^|[^0-9a-f])_|_(?:[^0-9a-f]|$)|__/.test(plain.replace(/^0[xob]_/, "0x"))) return undefined;
  const digits = plain.replaceAll("_", "");
  if (/^0[xob]/.test(digits)) return /l$/.test(digits) ? undefined : integer(digits);
  if (/^[\d.]+(?:e[-+]?\d+)?j$/.test(digits)) return { kind: "complex" };
  if (/^\d+$/.test(digits)) return /^0+[1-9]/.test(digits) ? undefined : integer(digits);
  return /l$/.test(digits) ? undefined : { kind: "float", value: Number(digits) };
}

function integer(digits: string): Literal {
  const value = Number(digits);
  if (Number.isSafeInteger(value)) return { kind: "int", value };
  return { kind: "int", value: BigInt(digits) };
}

const SIMPLE: ReadonlyMap<string, string> = new Map([
  ["a", "\x07"],
  ["b", "\b"],
  ["f", "\f"],
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
  ["v", "\v"],
  ["\\", "\\"],
  ["'", "'"],
  ['"', '"'],
  ["\n", ""],
]);

const ESCAPE = /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{1,3})|N\{[^}]*\}|([\s\S]))/g;

/**
 * The value of a string's inside. Line breaks become `\n`, as Python reads them. A `\N{…}` stays as it is written: the
 * table of names is larger than all else here, and no shape depends on one.
 */
export function unescaped(text: string, raw: boolean, bytes: boolean): string {
  const lines = text.includes("\r") ? text.replace(/\r\n?/g, "\n") : text;
  if (raw || !lines.includes("\\")) return lines;
  return lines.replace(ESCAPE, (whole, hex2, hex4, hex8, octal, simple) => {
    if (hex2 !== undefined) return String.fromCharCode(Number.parseInt(hex2, 16));
    if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8) & (bytes ? 0xff : 0x1ff));
    if (bytes && (hex4 !== undefined || hex8 !== undefined)) return whole;
    if (hex4 !== undefined) return String.fromCharCode(Number.parseInt(hex4, 16));
    if (hex8 !== undefined) return codePoint(Number.parseInt(hex8, 16)) ?? whole;
    return (simple === undefined ? undefined : SIMPLE.get(simple)) ?? whole;
  });
}

function codePoint(code: number): string | undefined {
  return code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}

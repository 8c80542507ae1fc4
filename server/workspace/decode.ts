/** Source text from bytes as Python reads it (PEP 263): UTF-8 unless a byte order mark or a cookie says otherwise. */
export type Decoded = { readonly text: string } | { readonly problem: string };

/** "coding[:=]\s*([-\w.]+)" in a comment on line one or two; on line two only if line one holds no code. */
const COOKIE = /^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)/;
const NO_CODE = /^[ \t\f]*(?:#.*)?$/;

const CHUNK = 8192;
/** Byte by byte; a decoder for `latin1` would take it for windows-1252. */
function latin1(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += CHUNK) text += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  return text;
}

function cookie(bytes: Uint8Array): string | undefined {
  const [first = "", second = ""] = latin1(bytes.subarray(0, 1024)).split(/\r\n|\r|\n/, 2);
  const found = COOKIE.exec(first) ?? (NO_CODE.test(first) ? COOKIE.exec(second) : null);
  return found?.[1];
}

/** Python's names of encodings beside those that the platform knows. */
const PYTHON_NAMES: Readonly<Record<string, string>> = {
  utf8: "utf-8",
  utf: "utf-8",
  u8: "utf-8",
  cp65001: "utf-8",
  "utf-8-sig": "utf-8",
  "utf-8-unix": "utf-8",
  "utf-8-emacs": "utf-8",
  ascii: "utf-8",
  "us-ascii": "utf-8",
  eucjp: "euc-jp",
  sjis: "shift_jis",
  cp932: "shift_jis",
  cp949: "euc-kr",
  mac_roman: "macintosh",
};
/** What windows-1252 has at 0x80 to 0x9f, where it is not Latin-1; Node 20's decoder takes the one for the other. */
const WINDOWS_1252 = "€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ";
const windows1252 = (bytes: Uint8Array): string =>
  latin1(bytes).replace(/[\x80-\x9f]/g, (character) => WINDOWS_1252[character.charCodeAt(0) - 0x80] ?? character);

const LATIN_1 = new Set([
  "latin-1",
  "latin1",
  "latin",
  "l1",
  "iso-8859-1",
  "iso8859-1",
  "iso-latin-1",
  "8859",
  "cp819",
]);

function decoderOf(label: string) {
  try {
    return new TextDecoder(label, { fatal: true });
  } catch {
    return undefined;
  }
}

/** As Python reads a name with more behind it: `# -*- coding: utf-8-*-`. */
const shortened = (name: string): string => /^(utf-8|latin-1|iso-8859-1|iso-latin-1)-/.exec(name)?.[1] ?? name;

function decodeAs(bytes: Uint8Array, name: string): Decoded {
  const plain = shortened(name.toLowerCase().replaceAll("_", "-"));
  if (LATIN_1.has(plain)) return { text: latin1(bytes) };
  const label = PYTHON_NAMES[plain] ?? PYTHON_NAMES[name] ?? plain.replace(/^cp(?=\d)/, "windows-");
  if (label === "windows-1252") return { text: windows1252(bytes) };
  const decoder = decoderOf(label);
  if (decoder === undefined) return { problem: `its encoding ${name} is not known` };
  try {
    return { text: decoder.decode(bytes) };
  } catch {
    const hint = label === "utf-8" ? ": save it as UTF-8, or name its encoding in its first line" : "";
    return { problem: `it is not text in ${label.toUpperCase()}${hint}` };
  }
}

const startsWith = (bytes: Uint8Array, ...mark: readonly number[]) => mark.every((byte, i) => bytes[i] === byte);

/** The text without a byte order mark, line ends as they are; or why it is no text. */
export function decode(bytes: Uint8Array): Decoded {
  if (startsWith(bytes, 0xef, 0xbb, 0xbf)) return decodeAs(bytes, "utf-8");
  const wide = startsWith(bytes, 0xff, 0xfe) ? "utf-16le" : startsWith(bytes, 0xfe, 0xff) ? "utf-16be" : undefined;
  const decoded = wide
    ? decodeAs(bytes, wide)
    : bytes.includes(0)
      ? undefined
      : decodeAs(bytes, cookie(bytes) ?? "utf-8");
  return decoded === undefined || ("text" in decoded && decoded.text.includes("\0"))
    ? { problem: "it is not text: it holds NUL bytes" }
    : decoded;
}

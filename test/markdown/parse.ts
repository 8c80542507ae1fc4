/**
 * Executable Markdown: fenced `py` blocks, each a program of its own, with claims in the comments at the line ends. See
 * test/shapes/README.md for the language; this file only reads it.
 */

export const SEVERITIES = ["error", "warning", "information", "hint"] as const;
export type Severity = (typeof SEVERITIES)[number];

export interface DiagnosticClaim {
  readonly severity: Severity;
  readonly code: string;
  /** A part of the message. */
  readonly message: string | undefined;
  /** Columns from 1, `end` exclusive, where a line of carets says them. */
  readonly columns: { readonly start: number; readonly end: number } | undefined;
}

/** What one line claims. Lines count from 1 within the block. */
export interface LineClaim {
  readonly line: number;
  /** One entry per distinct result; several tensors joined by ", ", each as Python prints a shape. */
  readonly shapes: readonly string[] | undefined;
  readonly dtypes: readonly string[] | undefined;
  readonly params: number | undefined;
  readonly diagnostics: readonly DiagnosticClaim[];
  /** The type that Python raises here, where the fault is reported at another line. */
  readonly raises: string | undefined;
}

export interface Block {
  /** The heading above it. */
  readonly title: string;
  /** The line of the Markdown file that holds the block's first line, from 1. */
  readonly line: number;
  readonly text: string;
  /** Environment variables, from the fence: ```` ```py WIDTH=32 ````. */
  readonly environment: Readonly<Record<string, string>>;
  readonly claims: readonly LineClaim[];
}

export interface Fault {
  /** Of the Markdown file, from 1. */
  readonly line: number;
  readonly message: string;
}

export interface Document {
  readonly blocks: readonly Block[];
  readonly faults: readonly Fault[];
}

export function parseMarkdown(markdown: string): Document {
  const blocks: Block[] = [];
  const faults: Fault[] = [];
  const lines = markdown.split(/\r?\n/);
  let title = "";
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? "";
    title = /^#+\s+(.*)$/.exec(line)?.[1] ?? title;
    const fence = /^(`{3,})(\S*)[ \t]*(.*)$/.exec(line);
    if (fence === null) continue;
    const [, ticks = "", language = "", info = ""] = fence;
    let end = at + 1;
    while (end < lines.length && lines[end]?.trimEnd() !== ticks) end++;
    if (end === lines.length) faults.push({ line: at + 1, message: "the block is never closed" });
    if (language === "py") {
      const read = readClaims(lines.slice(at + 1, end));
      const text = `${lines.slice(at + 1, end).join("\n")}\n`;
      blocks.push({ title, line: at + 2, text, environment: readEnvironment(info), claims: read.claims });
      faults.push(...read.faults.map((fault) => ({ ...fault, line: fault.line + at + 1 })));
    }
    at = end;
  }
  return { blocks, faults };
}

function readEnvironment(info: string): Readonly<Record<string, string>> {
  const pairs = info.split(/\s+/).flatMap((word) => {
    const [, name, value] = /^(\w+)=(.*)$/.exec(word) ?? [];
    return name === undefined || value === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries(pairs);
}

const CARETS = /^\s*#\s*\^[\s^]*(?:\[([a-z0-9-]+)\])?\s*$/;

/** Comments to Inlayer itself, which may stand on the line of a claim. */
const DIRECTIVES = /#\s*inlayer:[^#]*/g;

function readClaims(lines: readonly string[]): { claims: LineClaim[]; faults: Fault[] } {
  const claims: LineClaim[] = [];
  const faults: Fault[] = [];
  const comments = commentStarts(lines);
  lines.forEach((text, index) => {
    const line = index + 1;
    const start = comments[index];
    if (start === undefined) return;
    const carets = CARETS.exec(text);
    if (carets !== null) {
      const placed = placeCarets(claims.at(-1), text, carets[1]);
      if (typeof placed === "string") faults.push({ line, message: placed });
      else claims[claims.length - 1] = placed;
      return;
    }
    const comment = text.slice(start).replace(DIRECTIVES, "").replace(/^#/, "").trim();
    if (text.slice(0, start).trim() === "" || !/^[a-z]+:/.test(comment)) return;
    const claim = readClaim(line, comment);
    if (typeof claim === "string") faults.push({ line, message: claim });
    else claims.push(claim);
  });
  return { claims, faults };
}

/**
 * Gives each run of carets to the next diagnostic of the claim that has none yet (and has the code, when one is named).
 */
function placeCarets(claim: LineClaim | undefined, text: string, code: string | undefined): LineClaim | string {
  if (claim === undefined || claim.diagnostics.length === 0) return "carets without a diagnostic claimed above them";
  const diagnostics = [...claim.diagnostics];
  // A "#" that touches the carets is one of them: otherwise column 1 could not be marked.
  for (const run of text.replace("#^", "^^").matchAll(/\^+/g)) {
    const index = diagnostics.findIndex((d) => d.columns === undefined && (code === undefined || d.code === code));
    const diagnostic = diagnostics[index];
    if (diagnostic === undefined) return "more carets than diagnostics claimed above them";
    diagnostics[index] = { ...diagnostic, columns: { start: run.index + 1, end: run.index + run[0].length + 1 } };
  }
  return { ...claim, diagnostics };
}

/** A claim, or what is wrong with it. */
function readClaim(line: number, comment: string): LineClaim | string {
  let claim: LineClaim = {
    line,
    shapes: undefined,
    dtypes: undefined,
    params: undefined,
    diagnostics: [],
    raises: undefined,
  };
  let rest = comment;
  while (rest !== "") {
    const [whole, key = ""] = /^([a-z]+):\s*/.exec(rest) ?? [];
    if (whole === undefined) return `not understood: ${rest}`;
    const value = readValue(key, rest.slice(whole.length), claim);
    if (typeof value === "string") return value;
    claim = value.claim;
    rest = value.rest;
  }
  return claim;
}

interface Read {
  readonly claim: LineClaim;
  readonly rest: string;
}

function readValue(key: string, text: string, claim: LineClaim): Read | string {
  const take = (pattern: RegExp): RegExpExecArray | undefined => pattern.exec(text) ?? undefined;
  const after = (found: RegExpExecArray): string => text.slice(found[0].length).trimStart();
  if (key === "shape") return readShapes(text, claim);
  if (key === "params") {
    const found = take(/^\d+(,\d{3})*(?=\s|$)/);
    if (found === undefined) return "params: takes a number, as in params: 6,528";
    return { claim: { ...claim, params: Number(found[0].replaceAll(",", "")) }, rest: after(found) };
  }
  if (key === "dtype") {
    const found = take(/^[a-z]\w*(\s*[,|]\s*[a-z]\w*(?!:))*(?=\s|$)/);
    if (found === undefined) return "dtype: takes names, as in dtype: float32";
    return { claim: { ...claim, dtypes: found[0].split("|").map(normalList) }, rest: after(found) };
  }
  if (key === "raises") {
    const found = take(/^[A-Z]\w*/);
    if (found === undefined) return "raises: takes the name of an exception, as in raises: ValueError";
    return { claim: { ...claim, raises: found[0] }, rest: after(found) };
  }
  const severity = SEVERITIES.find((name) => name === key);
  if (severity === undefined)
    return `no claim is called ${key}: use shape, params, dtype, raises, ${SEVERITIES.join(", ")}`;
  const found = take(/^\[([a-z][a-z0-9-]*)\](?:\s*"([^"]*)")?/);
  if (found === undefined)
    return `${key}: takes a code in brackets, as in ${key}: [dense-on-sequence] "part of the message"`;
  const diagnostic = { severity, code: found[1] ?? "", message: found[2], columns: undefined };
  return { claim: { ...claim, diagnostics: [...claim.diagnostics, diagnostic] }, rest: after(found) };
}

const normalList = (text: string): string =>
  text
    .split(",")
    .map((part) => part.trim())
    .join(", ");

/** `(None, 4), (None, 4)` are the tensors of one result; `(None, 4) | (None, 8)` are two results. */
function readShapes(text: string, claim: LineClaim): Read | string {
  const results: string[][] = [[]];
  let rest = text;
  for (;;) {
    const shape = rest.startsWith("?") ? "?" : balanced(rest);
    if (shape === undefined) return "shape: takes shapes, as in shape: (None, 20, 10)";
    results.at(-1)?.push(shape === "?" ? "?" : normalShape(shape));
    rest = rest.slice(shape.length).trimStart();
    if (!/^[,|]/.test(rest)) break;
    if (rest.startsWith("|")) results.push([]);
    rest = rest.slice(1).trimStart();
  }
  return { claim: { ...claim, shapes: results.map((shapes) => shapes.join(", ")) }, rest };
}

/** The bracketed text at the start, to its closing bracket. */
function balanced(text: string): string | undefined {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === "(") depth++;
    if (text[at] === ")") depth--;
    if (depth === 0) return at === 0 ? undefined : text.slice(0, at + 1);
  }
  return undefined;
}

/** As Python prints a tuple: `(None, 20)`, `(20,)`, `()`. */
function normalShape(shape: string): string {
  const sizes = sizesOf(shape);
  return sizes.length === 1 ? `(${sizes[0]},)` : `(${sizes.join(", ")})`;
}

/** The sizes of a printed shape, each as it is written; a bracket inside, as in `min(a, b)`, does not divide. */
export function sizesOf(shape: string): readonly string[] {
  const sizes: string[] = [];
  let depth = 0;
  let size = "";
  for (const character of shape.slice(1, -1)) {
    if (character === "(") depth++;
    if (character === ")") depth--;
    if (character === "," && depth === 0) {
      sizes.push(size.trim());
      size = "";
    } else size += character;
  }
  return [...sizes, size.trim()].filter((each, index, all) => each !== "" || index < all.length - 1);
}

/** Splits `(None, 4), ?` into the shapes of its tensors. */
export function tensorsOf(shapes: string): readonly string[] {
  const parts: string[] = [];
  let rest = shapes;
  while (rest !== "") {
    const shape = rest.startsWith("?") ? "?" : (balanced(rest) ?? rest);
    parts.push(shape);
    rest = rest.slice(shape.length).replace(/^[,\s]+/, "");
  }
  return parts;
}

/** Where the comment of each line starts, as an index; strings, also those over several lines, hold none. */
function commentStarts(lines: readonly string[]): readonly (number | undefined)[] {
  let quote = "";
  return lines.map((line) => {
    if (quote.length === 1) quote = "";
    for (let at = 0; at < line.length; at++) {
      const triple = line.slice(at, at + 3);
      if (quote !== "") {
        if (line[at] === "\\") at++;
        else if (line.startsWith(quote, at)) {
          at += quote.length - 1;
          quote = "";
        }
      } else if (triple === '"""' || triple === "'''") {
        quote = triple;
        at += 2;
      } else if (line[at] === '"' || line[at] === "'") quote = line[at] ?? "";
      else if (line[at] === "#") return at;
    }
    return undefined;
  });
}

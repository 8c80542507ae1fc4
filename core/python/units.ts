import type { Line } from "./line.ts";
import type { RawNode, ReadText } from "./raw.ts";
import { BLOCK_WORDS } from "./words.ts";

/** A logical line (with the decorators before it) as it is given to the grammar: made whole where it is only a part. */
export interface Unit {
  /** What is put before and after so that the line reads as a whole statement; `skip` characters of it are left out. */
  readonly prefix: string;
  readonly suffix: string;
  readonly skip: number;
  readonly text: string;
}

/** The nodes of one unit; their offsets are into `source`, where the unit's own text starts at `base`. */
export interface ReadUnit {
  readonly source: string;
  readonly base: number;
  readonly nodes: readonly RawNode[];
}

type LineHead = Pick<Line, "head" | "opensBlock" | "hasColon">;

const BODY = "\n pass";

/** `text` runs from the first decorator, or the line's start, to the line's end. */
export function unitOf(line: LineHead, text: string): Unit {
  const body = line.opensBlock ? BODY : "";
  const plain = { prefix: "", suffix: "", skip: 0, text };
  switch (line.head) {
    case "elif":
      return { ...plain, skip: 2, suffix: body };
    case "else":
      return { ...plain, prefix: "if _:\n pass\n", suffix: body };
    case "except":
    case "finally":
      return { ...plain, prefix: "try:\n pass\n", suffix: body };
    case "try":
      return { ...plain, suffix: body };
    case "match":
      return isSoft(line, text) && line.opensBlock ? { ...plain, suffix: "\n case _:\n  pass" } : plain;
    case "case":
      return isSoft(line, text)
        ? { ...plain, prefix: "match _:\n ", suffix: line.opensBlock ? "\n  pass" : "" }
        : plain;
    default:
      return BLOCK_WORDS.has(line.head) || line.head === "@" ? { ...plain, suffix: body } : plain;
  }
}

/** `match` and `case` are names unless an expression follows. */
function isSoft(line: LineHead, text: string): boolean {
  return line.hasColon && /^(?:match|case)\b\s*[^\s=.,:;)]/.test(text);
}

const MAX_UNITS = 48;
const MAX_LENGTH = 8_000;

/**
 * Reads many units in few parses; `undefined` where one is not Python. Units that fail together are read apart, so what
 * one means never depends on another.
 */
export function readUnits(units: readonly Unit[], read: ReadText): readonly (ReadUnit | undefined)[] {
  const results: (ReadUnit | undefined)[] = [];
  let from = 0;
  while (from < units.length) {
    let to = from;
    let length = 0;
    while (to < units.length && to - from < MAX_UNITS && (to === from || length < MAX_LENGTH))
      length += units[to++]?.text.length ?? 0;
    results.push(...readTogether(units.slice(from, to), read));
    from = to;
  }
  return results;
}

function readTogether(units: readonly Unit[], read: ReadText): readonly (ReadUnit | undefined)[] {
  const together = assemble(units);
  const nodes = read(asPython3(together.source));
  const split = nodes && distribute(together, nodes);
  if (split) return split;
  if (units.length <= 1) return units.map(() => undefined);
  const half = units.length >> 1;
  return [...readTogether(units.slice(0, half), read), ...readTogether(units.slice(half), read)];
}

/** Names that the grammar also takes for statements of Python 2, and `type` where no alias can follow. */
const NAMES_ONLY = /\b(?:print|exec|type(?=\s*[^\s\w]))\b/g;

/**
 * A text of the same length that the grammar reads as Python 3: it knows other statements, and ends lines at `\n` only.
 */
function asPython3(source: string): string {
  return source.replace(/\r(?!\n)/g, "\n").replace(NAMES_ONLY, (name) => "_".repeat(name.length));
}

interface Assembled {
  readonly source: string;
  /** Where each unit begins, prefix included, and where its own text would begin had nothing been left out. */
  readonly places: readonly { readonly begin: number; readonly base: number }[];
}

function assemble(units: readonly Unit[]): Assembled {
  const pieces: string[] = [];
  const places: { begin: number; base: number }[] = [];
  let length = 0;
  for (const unit of units) {
    const text = unit.text.slice(unit.skip);
    places.push({ begin: length, base: length + unit.prefix.length - unit.skip });
    pieces.push(unit.prefix, text, unit.suffix, "\n");
    length += unit.prefix.length + text.length + unit.suffix.length + 1;
  }
  return { source: pieces.join(""), places };
}

/** Each unit must have nodes of its own, the first at its very beginning; else the units ran into each other. */
function distribute(together: Assembled, nodes: readonly RawNode[]): readonly ReadUnit[] | undefined {
  const results: ReadUnit[] = [];
  let next = 0;
  for (const [index, place] of together.places.entries()) {
    const end = together.places[index + 1]?.begin ?? together.source.length;
    const first = next;
    while (next < nodes.length && (nodes[next]?.start ?? end) < end) next++;
    const mine = nodes.slice(first, next);
    if (mine[0]?.start !== place.begin || (mine.at(-1)?.end ?? 0) > end) return undefined;
    results.push({ source: together.source, base: place.base, nodes: mine });
  }
  return results;
}

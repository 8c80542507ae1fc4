import stringWidth from "string-width";

/**
 * A table as the Python library `rich` draws it (its default box `HEAVY_HEAD`, a line between rows), for what Keras
 * prints with it. Widths are in terminal cells: a wide character takes two.
 */

/** A stretch of text and what it is; the host decides whether that is a colour. */
export interface Run {
  readonly text: string;
  readonly style?: Style;
}
export type Style = "bold" | "number" | "none" | "symbol" | "yes" | "no";
export type Text = readonly Run[];
export const plain = (text: Text): string => text.map((run) => run.text).join("");

export interface Column {
  readonly header: string;
  /** Without the space on either side. */
  readonly width: number;
  readonly align: "left" | "right" | "center";
}

interface Character {
  readonly text: string;
  readonly style: Style | undefined;
  readonly width: number;
}
const segmenter = new Intl.Segmenter();
const characters = (text: Text): Character[] =>
  text.flatMap(({ text, style }) =>
    [...segmenter.segment(text)].map(({ segment }) => ({ text: segment, style, width: stringWidth(segment) })),
  );
const SPACE: Character = { text: " ", style: undefined, width: 1 };
const isSpace = ({ text }: Character) => /^\s$/.test(text);
const spaces = (n: number): Character[] => Array<Character>(Math.max(0, n)).fill(SPACE);
const widthOf = (line: readonly Character[]) => line.reduce((sum, { width }) => sum + width, 0);

function withoutTrailingSpace(line: readonly Character[]): readonly Character[] {
  const last = line.findLastIndex((character) => !isSpace(character));
  return line.slice(0, last + 1);
}

/** The words with the space around them: `\s*\S+\s*`. */
function words(line: readonly Character[]): Character[][] {
  const found: Character[][] = [[]];
  line.forEach((character, i) => {
    const before = line[i - 1];
    const word = found.at(-1) ?? [];
    const starts = before !== undefined && isSpace(before) && !isSpace(character) && !word.every(isSpace);
    if (starts) found.push([character]);
    else word.push(character);
  });
  return found;
}

/** `rich._wrap.divide_line` without folding: a word that is too long for any line gets one of its own. */
function wrap(line: readonly Character[], width: number): Character[][] {
  const lines: Character[][] = [[]];
  let used = 0;
  words(line).forEach((word, i) => {
    const needed = widthOf(withoutTrailingSpace(word));
    const breaks = needed > width - used && i > 0 && (needed > width || used > 0);
    if (breaks) lines.push([...word]);
    else lines.at(-1)?.push(...word);
    used = needed > width - used ? widthOf(word) : used + widthOf(word);
  });
  return lines;
}

/** Cuts to the width, the last cell an ellipsis; half of a wide character becomes a space. */
function truncate(line: readonly Character[], width: number): readonly Character[] {
  if (widthOf(line) <= width) return line;
  const kept: Character[] = [];
  let used = 0;
  for (const character of line) {
    if (used + character.width > width - 1) break;
    kept.push(character);
    used += character.width;
  }
  const style = line[kept.length]?.style;
  return [...kept, ...spaces(width - 1 - used), { text: "…", style, width: 1 }];
}

function align(line: readonly Character[], width: number, side: Column["align"]): readonly Character[] {
  // Only space that hangs over the edge goes; what is left aligned keeps the rest, as its own padding.
  const cut = truncate(side === "left" && widthOf(line) <= width ? line : withoutTrailingSpace(line), width);
  const free = width - widthOf(cut);
  const before = side === "left" ? 0 : side === "right" ? free : Math.floor(free / 2);
  return [...spaces(before), ...cut, ...spaces(free - before)];
}

function runs(line: readonly Character[]): Text {
  const found: { text: string; style?: Style }[] = [];
  for (const { text, style } of line) {
    const last = found.at(-1);
    if (last && last.style === style) last.text += text;
    else found.push(style === undefined ? { text } : { text, style });
  }
  return found;
}

/** Python's `round`: halves go to the even neighbour. */
const roundHalfEven = (x: number): number => {
  const floor = Math.floor(x);
  return x - floor === 0.5 ? floor + (floor % 2) : Math.round(x);
};

/** `rich._ratio.ratio_reduce` with equal ratios: takes what is too much from the columns in turn. */
function reduceEvenly(widths: readonly number[], excess: number): number[] {
  let remaining = excess;
  return widths.map((width, i) => {
    const taken = Math.min(width, roundHalfEven(remaining / (widths.length - i)));
    remaining -= taken;
    return width - taken;
  });
}

/** The widths of the columns with the space on either side, so that all fit. */
function fitted(columns: readonly Column[], total: number): number[] {
  const padded = columns.map(({ width }) => width + 2);
  const excess = padded.reduce((sum, width) => sum + width, 0) - (total - columns.length - 1);
  return excess > 0 ? reduceEvenly(padded, excess) : padded;
}

const rule = (
  widths: readonly number[],
  [left, line, cross, right]: readonly [string, string, string, string],
): Text => [{ text: left + widths.map((width) => line.repeat(width)).join(cross) + right }];

type Row = readonly Text[];

/** The lines of each row, the header's first; at least as many as `heights` says. */
function rowLines(
  columns: readonly Column[],
  widths: readonly number[],
  rows: readonly Row[],
  heights: readonly number[] = [],
): readonly (readonly Text[])[] {
  const header = columns.map(({ header }): Text => [{ text: header, style: "bold" }]);
  return [header, ...rows].map((cells, at) => {
    const blocks = columns.map(({ align: side }, i) => {
      const inner = Math.max(1, (widths[i] ?? 3) - 2);
      return wrap(characters(cells[i] ?? []), inner).map((line) => align(line, inner, side));
    });
    const height = Math.max(heights[at] ?? 1, ...blocks.map((block) => block.length));
    return Array.from({ length: height }, (_, y) => {
      const cell = (block: readonly (readonly Character[])[], i: number) =>
        block[at === 0 ? y - height + block.length : y] ?? spaces((widths[i] ?? 3) - 2);
      const border: Character = { text: at === 0 ? "┃" : "│", style: undefined, width: 1 };
      return runs([border, ...blocks.flatMap((block, i) => [SPACE, ...cell(block, i), SPACE, border])]);
    });
  });
}

function framed(widths: readonly number[], [header = [], ...rows]: readonly (readonly Text[])[]): Text[] {
  const body = rows.flatMap((lines, i) => [...(i > 0 ? [rule(widths, ["├", "─", "┼", "┤"])] : []), ...lines]);
  return [
    rule(widths, ["┏", "━", "┳", "┓"]),
    ...header,
    rule(widths, ["┡", "━", "╇", "┩"]),
    ...body,
    rule(widths, ["└", "─", "┴", "┘"]),
  ];
}

/** The lines of a table that is `total` cells wide with its borders. */
export function drawTable(columns: readonly Column[], rows: readonly Row[], total: number): Text[] {
  const widths = fitted(columns, total);
  return framed(widths, rowLines(columns, widths, rows));
}

/** The same with a second table beside it, row by row, whose columns are as wide as they say. */
export function drawTables(
  columns: readonly Column[],
  rows: readonly Row[],
  total: number,
  beside: { readonly columns: readonly Column[]; readonly rows: readonly Row[] },
): Text[] {
  const widths = fitted(columns, total);
  const lines = rowLines(columns, widths, rows);
  const own = beside.columns.map(({ width }) => width + 2);
  const heights = lines.map((it) => it.length);
  const right = framed(own, rowLines(beside.columns, own, beside.rows, heights));
  return framed(widths, lines).map((line, i) => [...line, { text: " " }, ...(right[i] ?? [])]);
}

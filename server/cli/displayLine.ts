import stringWidth from "string-width";

const TAB = 4;

/** Control characters, and those that turn the direction of text: a file must not rewrite what a terminal shows. */
const CONTROL = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu;
const pictured = (character: string): string => {
  const code = character.charCodeAt(0);
  return code < 32 ? String.fromCharCode(0x2400 + code) : code === 127 ? "␡" : "�";
};

/** A text that is safe to show: no control character but the line break. */
export const safe = (text: string): string => text.replace(/[^\n]+/g, (line) => line.replace(CONTROL, pictured));

/** A line of a file as a terminal shows it: tabs as spaces, control characters as pictures. */
export interface DisplayLine {
  readonly text: string;
  /** The cell in which the character at an index of the original line starts, from 0. */
  cellOf(index: number): number;
}

const segmenter = new Intl.Segmenter();
/** A cell for each character. A segmenter takes time with the square of a line's length, and tables are long lines. */
const PLAIN = /^[ -~]*$/;

export function displayLine(line: string): DisplayLine {
  if (PLAIN.test(line)) return { text: line, cellOf: (index) => Math.min(index, line.length) };
  const cells: number[] = [];
  let text = "";
  let width = 0;
  for (const { segment } of segmenter.segment(line)) {
    for (let i = 0; i < segment.length; i++) cells.push(width);
    const shown = segment === "\t" ? " ".repeat(TAB - (width % TAB)) : safe(segment);
    text += shown;
    width += stringWidth(shown);
  }
  return { text, cellOf: (index) => cells[index] ?? width };
}

/** Breaks at spaces where a line would be wider, but not within a shape; a word that is wider by itself stays whole. */
export function wrapWords(text: string, width: number): string[] {
  return text.split("\n").flatMap((line) => {
    const lines: string[] = [];
    let current = "";
    for (const [word] of line.matchAll(/(?:\([^()]{1,40}\)|\S)+/g)) {
      const longer = current === "" ? word : `${current} ${word}`;
      if (current !== "" && stringWidth(longer) > width) {
        lines.push(current);
        current = word;
      } else current = longer;
    }
    return [...lines, current];
  });
}

/**
 * IPython's own syntax in a notebook's cell, replaced by Python of the same length, so that every offset stays:
 * `%magic`, `!command`, `?help`, `help?` become comments; `x = !command` and `x = %magic` bind a value that nobody
 * knows.
 */
export function hideMagics(cell: string): string {
  const first = /^\s*%%(\w+)/.exec(cell);
  if (first && OTHER_CELLS.has(first[1] ?? "")) return cell.replace(/^(.)(.*)$/gm, "#$2");
  let hidden = "";
  for (const line of logicalLines(cell)) hidden += MAGIC.reduce((text, hide) => hide(text), line);
  return hidden;
}

/**
 * Cell magics whose body is another language, or runs in names of its own. Others, a library's too, run it as the
 * Python that it is: what it binds counts.
 */
const OTHER_CELLS = new Set(
  (
    "! HTML SVG R bash bigquery cmd css cython file html javascript js julia latex markdown perl pypy python python2 " +
    "python3 ruby script sh skip sql svg sx system timeit writefile"
  ).split(" "),
);

const comment = (line: string): string => line.replace(/[^\r\n]+/g, (text) => `#${text.slice(1)}`);
/** At an indentation the block may hold nothing else, and a comment is no statement: `0` is. */
const statement = (indent: string, line: string): string => {
  if (indent === "") return comment(line);
  const [head = "", ...rest] = line.split(/(?<=\n)/);
  const body = head.trimEnd();
  const shown = body.length > 1 ? `0#${body.slice(2)}` : "0";
  return `${indent}${shown}${head.slice(body.length)}${rest.map(comment).join("")}`;
};

const MAGIC: readonly ((line: string) => string)[] = [
  // %time runs a statement in the notebook's names: only the word goes.
  (line) => line.replace(/^([ \t]*)%time(?=[ \t]+[^\s-])/, "$10   ;"),
  (line) => line.replace(/^([ \t]*)([%!?][\s\S]*)$/, (_, indent: string, rest: string) => statement(indent, rest)),
  (line) =>
    line.replace(
      /^([ \t]*)([A-Za-z_][\w.*]*(?:\[[^\]\n]*\])?\?{1,2}[ \t]*\r?\n?)$/,
      (_, indent: string, rest: string) => statement(indent, rest),
    ),
  // `_` is a name that IPython itself binds.
  (line) =>
    line.replace(
      /^([ \t]*[A-Za-z_][\w.,* \t]*=[ \t]*)([!%][\s\S]*)$/,
      (_, target: string, [, ...rest]: string) => `${target}_${tail(rest.join(""))}`,
    ),
];
const tail = (text: string): string => (/^\s*$/.test(text) ? text : comment(text));

/** What may hide the end of a line: a string of three quotes goes over lines, one of one quote does not. */
const TOKENS: readonly RegExp[] = [
  /(?<long>"""|''')(?:\\[\s\S]|(?!\k<long>)[^\\])*(?:\k<long>|$)/,
  /(?<short>["'])(?:\\[\s\S]|(?!\k<short>)[^\\\r\n])*\k<short>?/,
  /#.*/,
  /[([{]|[)\]}]/,
  /\\\r?\n|\r\n?|\n/,
];

/**
 * Cuts a cell where IPython looks for its syntax: at line starts outside brackets and strings. The pieces joined are
 * the cell. A command goes on after a backslash.
 */
function* logicalLines(cell: string): Generator<string> {
  const token = new RegExp(TOKENS.map(({ source }) => source).join("|"), "g");
  const command = /^[ \t]*(?:[A-Za-z_][\w.,* \t]*=[ \t]*)?[!%?]/;
  let start = 0;
  let depth = 0;
  while (start < cell.length) {
    const rest = cell.slice(start);
    if (depth === 0 && command.test(rest)) {
      const [line = rest] = /^(?:.*\\\r?\n)*.*(?:\r\n?|\n|$)/.exec(rest) ?? [];
      yield line;
      start += line.length;
      continue;
    }
    token.lastIndex = start;
    let end = cell.length;
    for (let found = token.exec(cell); found; found = token.exec(cell)) {
      const [text] = found;
      if (/^[([{]$/.test(text)) depth++;
      else if (/^[)\]}]$/.test(text)) depth = Math.max(0, depth - 1);
      else if (depth === 0 && /^[\r\n]/.test(text)) {
        end = token.lastIndex;
        break;
      }
    }
    yield cell.slice(start, end);
    start = end;
    if (end === cell.length) return;
  }
}

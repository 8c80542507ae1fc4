import { it } from "node:test";
import { files, isWritten, type TextFile } from "./files.ts";

/** Sizes that keep a room liveable. What is over is printed, not refused: a size is a reason to look, not a fault. */
const FILE = 400;
const LAYER = 60;
const FUNCTION = 40;

const typescript = files.filter((file) => file.path.endsWith(".ts") && !isWritten(file));
const length = ({ text }: TextFile): number => text.split("\n").length - 1;

it("prints the files, layers and functions that have grown too long", (t) => {
  for (const file of typescript) {
    const isLayer = /^core\/frameworks\/\w+\/layers\/(?!index|catalogue)\w+\.ts$/.test(file.path);
    const limit = isLayer ? LAYER : FILE;
    if (length(file) > limit) t.diagnostic(`${file.path} has ${length(file)} lines, more than ${limit}`);
    if (file.path.startsWith("test/")) continue;
    for (const { name, line, lines } of functions(file)) {
      if (lines > FUNCTION) t.diagnostic(`${file.path}:${line} ${name} has ${lines} lines, more than ${FUNCTION}`);
    }
  }
});

interface Found {
  readonly name: string;
  readonly line: number;
  readonly lines: number;
}

/** Functions of formatted text: from the line that begins one to the line of the same indent that closes its body. */
function functions({ text }: TextFile): readonly Found[] {
  const lines = text.split("\n");
  const closing = (indent: string, from: number): number =>
    lines.findIndex((line, i) => i > from && line.startsWith(indent) && /^[)}\]]/.test(line.slice(indent.length)));
  return lines.flatMap((line, at): readonly Found[] => {
    const name = beginning(line);
    if (name === undefined) return [];
    const indent = /^ */.exec(line)?.[0] ?? "";
    let end = closing(indent, at);
    // A signature over several lines ends with `) … {`, and the body follows.
    if (line.endsWith("(") && lines[end]?.endsWith("{")) end = closing(indent, end);
    return end < 0 ? [] : [{ name, line: at + 1, lines: end - at + 1 }];
  });
}

/** The name of the function or method that begins on the line and does not end there. */
function beginning(line: string): string | undefined {
  const named = /^\s*(?:export )?(?:async )?function\*? (\w+).*[({]$/.exec(line);
  const arrow = /^\s*(?:export )?const (\w+)(?:: [^=]+)? = (?:async )?(?:\(|.*=> \(?\{)$/.exec(line);
  const method = /^ +(?:(?:private|public|static|async|override|get|set) )*\*?(\w+)(?:<[^>]*>)?\(.*\{$/.exec(line);
  const name = (named ?? arrow ?? method)?.[1];
  return name === undefined || /^(if|for|while|switch|catch|return|function)$/.test(name) ? undefined : name;
}

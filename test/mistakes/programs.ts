import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { hideMagics } from "../../server/workspace/magics.ts";

/**
 * The programs of this folder's Markdown files, as README.md describes them: each a difference between a script with a
 * mistake and the same script repaired.
 */
export interface Mistake {
  readonly name: string;
  readonly path: string;
  /** Said in the heading: Keras runs it, but to no use. */
  readonly silent: boolean;
  readonly broken: string;
  readonly repaired: string;
  /** Lines of the broken script that the repair takes away or stands beside, from 1. */
  readonly changed: ReadonlySet<number>;
  /** Beside the script, by name. */
  readonly files: Readonly<Record<string, string>>;
}

const folder = new URL("./", import.meta.url);
const BLOCK = /^## (?<title>.+)\n(?<body>(?:(?!^## )[^\n]*\n?)*)/gm;
const FENCE = /^```(?<info>[^\n]*)\n(?<text>[\s\S]*?)^```$/gm;

export function mistakes(): readonly Mistake[] {
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" }).map((path) => path.replaceAll("\\", "/"));
  return paths
    .filter((path) => path.endsWith(".md") && path !== "README.md")
    .sort()
    .flatMap((path) => mistakesIn(path, readFileSync(new URL(path, folder), "utf8")));
}

export function mistakesIn(path: string, text: string): readonly Mistake[] {
  return [...text.matchAll(BLOCK)].flatMap(({ groups }) => {
    const title = groups?.["title"] ?? "";
    const fences = [...(groups?.["body"] ?? "").matchAll(FENCE)].map((it) => it.groups);
    const difference = fences.find((it) => it?.["info"] === "diff")?.["text"];
    if (difference === undefined) return [];
    const files = fences.flatMap((it) => {
      const name = /^file (?<name>\S+)$/.exec(it?.["info"] ?? "")?.groups?.["name"];
      return name === undefined ? [] : [[name, it?.["text"] ?? ""] as const];
    });
    const { name = "", said } = /^(?<name>.*?)(?: \((?<said>silent|notebook)\))?$/.exec(title)?.groups ?? {};
    const halves = halvesOf(said === "notebook" ? cells(difference) : difference);
    return [{ name, path, silent: said === "silent", ...halves, files: Object.fromEntries(files) }];
  });
}

/** A notebook as the server reads it: each of its cells without what is IPython's own. */
const cells = (difference: string): string =>
  difference
    .split(/(?<=^ # %%\n)/m)
    .map((cell) => cell.replace(/^ (?:[%!][^\n]*)/gm, (line) => ` ${hideMagics(line.slice(1))}`))
    .join("");

function halvesOf(difference: string): Pick<Mistake, "broken" | "repaired" | "changed"> {
  const lines = difference.trimEnd().split("\n");
  const [broken, repaired, changed]: [string[], string[], Set<number>] = [[], [], new Set()];
  lines.forEach((line, i) => {
    const text = line.slice(1);
    if (!line.startsWith("+")) broken.push(text);
    if (!line.startsWith("-")) repaired.push(text);
    if (line.startsWith("-")) changed.add(broken.length);
    // An insertion by itself belongs to the lines on both sides of it.
    if (line.startsWith("+") && !lines[i - 1]?.startsWith("-")) changed.add(broken.length).add(broken.length + 1);
  });
  return { broken: `${broken.join("\n")}\n`, repaired: `${repaired.join("\n")}\n`, changed };
}

/** Every fifth, by its name, and a folder of its own: kept apart from what the rules are written against. */
export const isKeptApart = ({ name, path }: Pick<Mistake, "name" | "path">): boolean =>
  path.startsWith("apart/") || createHash("sha256").update(name).digest().readUInt32BE() % 5 === 0;

export const hashOf = (text: string, files: Mistake["files"]): string =>
  createHash("sha256")
    .update(JSON.stringify([text, files]))
    .digest("hex")
    .slice(0, 16);

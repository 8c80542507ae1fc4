// npm run new:layer NAME: begins a layer that Keras has and the catalogue has not. Writes its declaration, its table of
// calls to record, and its line in the catalogue; CONTRIBUTING.md says what comes then.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { LAYERS } from "../core/frameworks/keras/layers/index.ts";
import { snakeCase } from "../core/frameworks/keras/runtime/automaticNames.ts";
import { lookup, type Parameter } from "../core/frameworks/keras/signatures.ts";

const FOLDER = "core/frameworks/keras/layers";
const CATALOGUE = `${FOLDER}/catalogueB.ts`;

/** The files that a new layer begins with, by their paths; `catalogue` is the text of the one that lists it. */
export function begun(name: string, parameters: readonly Parameter[], catalogue: string): ReadonlyMap<string, string> {
  const snake = snakeCase(name);
  const file = snake.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
  const own = parameters.filter((it) => it.kind !== "varKeywords" && it.kind !== "varArgs");
  return new Map([
    [`${FOLDER}/${file}.ts`, declaration(name, own)],
    [`tasks/oracle/gridtables/${snake}.py`, table(name, own)],
    [CATALOGUE, listed(catalogue, name, file)],
  ]);
}

const declaration = (
  name: string,
  parameters: readonly Parameter[],
): string => `import { layer, py } from "../define.ts";

// Keras's arguments: ${parameters.map((it) => it.name).join(", ")}. Those that shapes depend on go into \`args\`.
export const ${name} = layer("${name}", {
  summary: "What it does to the axes, in one sentence.",
  args: {},
  output: (_, x) => x,

  example: py\`
    x = keras.Input((8, 3))   # shape: (None, 8, 3)
    y = layers.${name}(${parameters.filter((it) => it.default === undefined).map(() => "1")})(x)
  \`,
});
`;

const table = (name: string, parameters: readonly Parameter[]): string => `"""${name}."""

from grid import OMIT

LAYERS = {
    "${name}": {
        "args": {
${parameters.map((it) => `            "${it.name}": ${options(it)},\n`).join("")}        },
        "bad": {},
        "inputs": [(None, 8, 3), (None, None, 3), (2, 8), (None, 4, 5, 3)],
        "dtypes": ["float32", "int32"],
    },
}
`;
function options({ default: initial }: Parameter): string {
  if (initial === undefined) return "[1, 2]";
  const literal = "literal" in initial ? initial.literal : undefined;
  return typeof literal === "boolean" ? "[OMIT, True, False]" : "[OMIT]";
}

/** The import and the entry, each where the alphabet has it. */
function listed(catalogue: string, name: string, file: string): string {
  const withImport = into(
    catalogue,
    /^import \{ (\w+) \} from ".\/.*\n/gm,
    name,
    `import { ${name} } from "./${file}.ts";\n`,
  );
  return into(withImport, /^ {2}(\w+),\n/gm, name, `  ${name},\n`);
}
function into(text: string, entry: RegExp, name: string, line: string): string {
  let at = 0;
  for (const found of text.matchAll(entry)) {
    if (at > 0 && (found[1] ?? "").toLowerCase() > name.toLowerCase()) break;
    at = found.index + found[0].length;
  }
  return text.slice(0, at) + line + text.slice(at);
}

function main(name: string | undefined): string | undefined {
  if (name === undefined) return "Which layer? npm run new:layer NAME";
  const signature = lookup(`keras.layers.${name}`) ?? lookup(`keras.layers.${name}`, 2);
  if (signature?.kind !== "class") return `Keras has no layer ${name}.`;
  if (LAYERS.has(name)) return `${name} is declared already.`;
  for (const [path, text] of begun(name, signature.parameters ?? [], readFileSync(CATALOGUE, "utf8"))) {
    if (path !== CATALOGUE && existsSync(path)) return `${path} is there already.`;
    writeFileSync(path, text);
    console.log(path);
  }
  console.log("Now: its rules, the options in its table, python tasks/oracle/grid.py, npm test -- grid.");
  return undefined;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const problem = main(process.argv[2]);
  if (problem !== undefined) {
    console.error(problem);
    process.exitCode = 1;
  }
}

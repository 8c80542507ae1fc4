import { readdirSync, readFileSync } from "node:fs";

/** The numbers of samples in every input. */
export const BATCH = 2;

export interface Case {
  /** As it stands in cases.txt or operations.txt, or the path of a model: the key of its record. */
  readonly text: string;
  /** The heading that it stands under: a layer, or something that goes through several. */
  readonly section: string;
  /** A program whose variable `model` is the model. */
  readonly program: string;
}

const folder = new URL("./", import.meta.url);
/** What stands before every case. */
const PREAMBLE = readFileSync(new URL("preamble.py", folder), "utf8").trim();
const NAMES = ["x", "y", "z", "w", "u", "v"];

/** Reads one line: `(8,); int (None,) | layers.Dense(4)(x)`. */
function caseOf(line: string, section: string): Case {
  const bar = line.indexOf(" | ");
  const inputs = line.slice(0, bar).split("; ");
  const made = inputs.map((text, i) => {
    const dtype = text.startsWith("int ") ? ', dtype="int32"' : "";
    return `${NAMES[i]} = keras.Input(${text.replace(/^int /, "")}${dtype})`;
  });
  const names = NAMES.slice(0, inputs.length).join(", ");
  const call = line.slice(bar + 3).trim();
  const out = call.startsWith("lambda ") ? `Run(${call})([${names}])` : call;
  const program = [PREAMBLE, ...made, `out = ${out}`, `model = keras.Model([${names}], out)`].join("\n");
  return { text: line, section, program };
}

/** A line of applications.txt: `ResNet50 32`. */
export function applications(): readonly Case[] {
  const lines = readFileSync(new URL("applications.txt", folder), "utf8").split("\n");
  return lines.flatMap((text) => {
    const [, builder, n] = /^(\w+) (\d+)$/.exec(text) ?? [];
    if (builder === undefined) return [];
    const call = `keras.applications.${builder}(weights=None, input_shape=(${n}, ${n}, 3), classes=10)`;
    return [{ text, section: "applications", program: `import keras\nmodel = ${call}` }];
  });
}

export function allCases(): readonly Case[] {
  let section = "";
  const cases: Case[] = [];
  const lines = ["cases.txt", "operations.txt"].map((name) => readFileSync(new URL(name, folder), "utf8").split("\n"));
  for (const line of lines.flat()) {
    if (line.startsWith("# ")) section = line.slice(2);
    else if (line.includes(" | ")) cases.push(caseOf(line.trim(), section));
  }
  const models = readdirSync(new URL("models/", folder)).filter((name) => name.endsWith(".py"));
  return [...cases, ...models.sort().map(modelOf)];
}

const modelOf = (name: string): Case => ({
  text: `models/${name}`,
  section: "models",
  program: readFileSync(new URL(`models/${name}`, folder), "utf8"),
});

/** What Keras gave for one output. */
export interface Recorded {
  readonly shape: readonly number[];
  readonly mean: number;
  readonly l2: number;
  readonly samples: readonly number[];
}
export interface ParityRecord {
  readonly versions: Readonly<Record<string, string>>;
  /** By the case's text; its outputs by their number, or of a model by the layer that gives them. */
  readonly cases: Readonly<Record<string, Readonly<Record<string, Recorded>>>>;
}
export const record = (): ParityRecord =>
  JSON.parse(readFileSync(new URL("../oracle/parity.json", folder), "utf8")) as ParityRecord;

import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type LayerReport, type ModelReport, printShape } from "../../core/index.ts";
import { packages, userFile } from "./folders.ts";
import type { CorpusReader } from "./reading.ts";
import { Tally } from "./tally.ts";

/** The builders of keras.applications, read by their own sources, with their tops and without. */

/** What the real Keras said, as tasks/oracle/applications.py recorded it. */
interface Recorded {
  readonly name: string;
  readonly input: string;
  readonly output: string;
  readonly params: number;
  readonly trainable: number;
  readonly layers: number;
  /** Of a long list its SHA-256. */
  readonly rows: string | readonly string[];
}
const record = fileURLToPath(new URL("../../test/oracle/applications.json", import.meta.url));
const sources = join(packages, "keras/src/applications");

export async function compareApplications(reader: CorpusReader, parts: readonly string[]): Promise<boolean> {
  const recorded = JSON.parse(readFileSync(record, "utf8")) as Record<string, Recorded>;
  const tally = new Tally("keras.applications by their sources");
  for (const [name, module] of builders()) {
    if (parts.length > 0 && !parts.some((part) => name.includes(part))) continue;
    for (const top of [true, false]) {
      const real = recorded[top ? name : `${name} without its top`];
      if (real === undefined) continue;
      const call = `${module}.${name}(weights=None${top ? "" : ", include_top=False"})`;
      const text = `from keras.src.applications import ${module}\nmodel = ${call}\n`;
      const reading = await reader.read(userFile, packages, text, 3);
      if ("crash" in reading) tally.add(module, call, "crash", reading.crash);
      else {
        const ours = reading.analysis.models.find((it) => it.name === "model");
        const isExact = ours !== undefined && printed(ours) === JSON.stringify(comparable(real));
        const [doubt] = reading.doubts;
        const isOpen = ours?.params === undefined || ours.outputs === undefined;
        const where = `${doubt?.line} ${doubt?.reason}; ${ours && printed(ours)}, ${JSON.stringify(comparable(real))}`;
        tally.add(module, call, isExact ? "exact" : isOpen ? "unknown" : "wrong", where);
      }
    }
  }
  return tally.print();
}

/** The builders by their modules: public functions with a capital. */
function builders(): readonly (readonly [name: string, module: string])[] {
  if (!existsSync(sources)) return [];
  const files = readdirSync(sources).filter((file) => /^[a-z]\w*\.py$/.test(file) && !file.endsWith("_test.py"));
  return files.sort().flatMap((file) => {
    const text = readFileSync(join(sources, file), "utf8");
    const names = [...text.matchAll(/^def ([A-Z]\w+)\(/gm)].map(([, name = ""]) => name);
    return names.map((name) => [name, file.slice(0, -".py".length)] as const);
  });
}

const comparable = ({ rows, ...it }: Recorded) => [
  it.name,
  it.input,
  it.output,
  it.params,
  it.trainable,
  it.layers,
  rows,
];
function printed(ours: ModelReport): string {
  const rows = ours.layers.filter((it) => it.isOperation !== true).map(rowOf);
  const digest = createHash("sha256").update(rows.join("\n")).digest("hex");
  const [input, output] = [ours.inputs, ours.outputs].map((shapes) => shapes?.map(printShape).join(" ") ?? "?");
  const kept = rows.length <= 12 ? rows : digest;
  return JSON.stringify([ours.kerasName, input, output, ours.params, ours.trainable, rows.length, kept]);
}
const rowOf = ({ name, type, output, params }: LayerReport): string => {
  const shapes = output === undefined ? "?" : "shape" in output ? printShape(output.shape) : "several";
  return `${name} ${type} ${shapes} ${params ?? "?"}`;
};

/**
 * How long it takes to interpret ResNet50 by the source that keras.applications has of it: parsed, run and reported
 * from nothing but the texts, by code that V8 has compiled by then. Beside it CPython's bare parse of the same files.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { packages, userFile } from "../../tasks/corpus/folders.ts";
import { CorpusReader } from "../../tasks/corpus/reading.ts";
import { astParse } from "./cpython.ts";
import { median, shown } from "./modelFile.ts";

const PROGRAM = `from keras.src.applications import resnet
model = resnet.ResNet50(weights=None)
`;
const SOURCE = "keras/src/applications/resnet.py";

/** The packages of `npm run corpus`, or else those of the oracle. */
function sources(): string | undefined {
  const library = fileURLToPath(new URL("../../.cache/oracle/lib", import.meta.url));
  const versions = existsSync(library) ? readdirSync(library) : [];
  const folders = [packages, ...versions.map((it) => join(library, it, "site-packages"))];
  return folders.find((it) => existsSync(join(it, SOURCE)));
}

const folder = sources();
if (folder === undefined) console.log("ResNet50's source is not at hand: npm run corpus brings it");
else {
  const reader = await CorpusReader.create();
  const times: number[] = [];
  let layers = 0;
  for (let i = 0; i < 25; i++) {
    const reading = await reader.read(userFile, folder, PROGRAM, 3);
    if ("crash" in reading) throw new Error(reading.crash);
    times.push(reading.milliseconds);
    layers = reading.analysis.models.at(-1)?.layers.length ?? 0;
  }
  const parse = astParse(readFileSync(join(folder, SOURCE), "utf8"));
  console.log(`ResNet50 by its source, ${layers} layers`);
  console.log(
    `  warm                 ${shown(median(times.slice(10)))} (best ${shown(Math.min(...times))}, first ` +
      `${shown(times[0] ?? Number.NaN)}; bar 50 ms); CPython's ast.parse of resnet.py alone ` +
      `${parse === undefined ? "not at hand" : shown(parse)}`,
  );
}

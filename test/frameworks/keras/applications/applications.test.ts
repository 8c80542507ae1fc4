import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { before, describe, it } from "node:test";
import type { Core, LayerReport, ModelReport } from "../../../../core/index.ts";
import { type AnyShape, hasRank, printShape } from "../../../../core/tensor/shape.ts";
import { analyse, openCore } from "../../../core/open.ts";

/** What the real Keras said of a program: npm run oracle -- --applications records it. */
type Recorded =
  | { readonly error: string }
  | {
      readonly error?: undefined;
      readonly name: string;
      readonly input: string;
      readonly output: string;
      readonly params: number;
      readonly trainable: number;
      readonly layers: number;
      /** A line for each layer, or of many the SHA-256 of the lines. */
      readonly rows: string | readonly string[];
    };
const recorded = JSON.parse(
  readFileSync(new URL("../../../oracle/applications.json", import.meta.url), "utf8"),
) as Readonly<Record<string, Recorded>>;

const PROGRAMS = readFileSync(new URL("programs.txt", import.meta.url), "utf8");
const IMPORTS = "import keras\nfrom keras import applications, layers\n";

/** By what they are about: those of the file, and for each builder one with its top and one without. */
function programs(): ReadonlyMap<string, string> {
  const builders = Object.keys(recorded).filter((name) => `${name} without its top` in recorded);
  return new Map([
    ...builders.flatMap((name) => [
      [name, `model = applications.${name}(weights=None)`] as const,
      [`${name} without its top`, `model = applications.${name}(weights=None, include_top=False)`] as const,
    ]),
    ...PROGRAMS.split("\n\n# ").map((block) => {
      const [name = "", ...text] = block.replace(/^# /, "").split("\n");
      return [name, text.join("\n")] as const;
    }),
  ]);
}

const shown = (shape: AnyShape): string => (hasRank(shape) ? printShape(shape).replace(",)", ")") : "?");
const allShown = (shapes: readonly AnyShape[] | undefined): string => shapes?.map(shown).join(" ") ?? "?";

const output = ({ output: it }: LayerReport): string =>
  it === undefined ? "?" : "shape" in it ? shown(it.shape) : it.map(({ shape }) => shown(shape)).join(" ");

function told(model: ModelReport, record: Recorded): Recorded {
  const layers = model.layers.filter((it) => it.isOperation !== true);
  const rows = layers.map((it) => `${it.name} ${it.type} ${output(it)} ${it.params}`);
  const isShort = record.error === undefined && Array.isArray(record.rows);
  return {
    name: model.kerasName,
    input: allShown(model.inputs),
    output: allShown(model.outputs),
    params: model.params ?? -1,
    trainable: model.trainable ?? -1,
    layers: rows.length,
    rows: isShort ? rows : createHash("sha256").update(rows.join("\n")).digest("hex"),
  };
}

describe("keras.applications", () => {
  let core: Core;
  before(async () => {
    core = await openCore();
  });

  for (const [name, text] of programs())
    it(name, () => {
      const record = recorded[name];
      assert.ok(record !== undefined, `${name} is not recorded: npm run oracle -- --applications`);
      const { models, diagnostics } = analyse(core, IMPORTS + text);
      // Not every error is foretold; none is where Keras builds the model.
      const others = diagnostics.filter((it) => record.error === undefined || it.severity !== "error");
      assert.deepEqual(others, []);
      const model = models.find((it) => it.name === "model");
      if (record.error !== undefined) assert.equal(model, undefined, `Keras raises ${record.error}`);
      else assert.deepEqual(model && told(model, record), record);
    });

  it("knows all forty builders", () => {
    assert.equal(Object.keys(recorded).filter((name) => name.endsWith(" without its top")).length, 40);
  });
});

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import {
  printMemory,
  printSummary,
  type SummaryLayer,
  type SummaryModel,
  summarise,
} from "../../core/graph/summary.ts";
import type { Style, Text } from "../../core/graph/table.ts";
import { NONE, unknown } from "../../core/tensor/dim.ts";
import { Shape, unknownRank } from "../../core/tensor/shape.ts";

/** What record_summary.py wrote: facts of real models, and what Keras printed of them. */
interface RecordedLayer extends Omit<SummaryLayer, "output" | "params" | "nested"> {
  readonly output: readonly (readonly (number | null)[])[] | null;
  readonly params: number | null;
  readonly nested: readonly RecordedLayer[];
}
interface Recording {
  readonly name: string;
  readonly options: { line_length?: number; expand_nested?: boolean; show_trainable?: boolean };
  readonly model: Omit<SummaryModel, "layers" | "params"> & {
    readonly trainable: number;
    readonly nonTrainable: number;
    readonly layers: readonly RecordedLayer[];
  };
  readonly text: string;
  readonly coloured: string;
}
const recorded = JSON.parse(readFileSync(new URL("generated/summary.json", import.meta.url), "utf8")) as {
  readonly cases: readonly Recording[];
};

const layerOf = (layer: RecordedLayer): SummaryLayer => ({
  ...layer,
  output: layer.output?.map((sizes) => ({ shape: new Shape(sizes.map((n) => n ?? NONE)), dtype: undefined })),
  params: layer.params ?? undefined,
  nested: layer.nested.map(layerOf),
});
const modelOf = ({ model }: Recording): SummaryModel => ({
  ...model,
  params: model.trainable + model.nonTrainable,
  layers: model.layers.map(layerOf),
});
const optionsOf = ({ options }: Recording) => ({
  lineLength: options.line_length,
  expandNested: options.expand_nested,
  showTrainable: options.show_trainable,
});

const SGR: Record<Style, string> = {
  bold: "1",
  number: "38;5;34",
  none: "38;5;45",
  symbol: "38;5;33",
  yes: "1;38;5;34",
  no: "1;91",
};
const paint = (text: Text) =>
  text.map(({ text, style }) => (style ? `\x1b[${SGR[style]}m${text}\x1b[0m` : text)).join("");

for (const recording of recorded.cases) {
  test(`prints what Keras prints: ${recording.name}`, () => {
    assert.equal(printSummary(modelOf(recording), optionsOf(recording)), recording.text);
    const lines = summarise(modelOf(recording), optionsOf(recording)).map((line) => `${paint(line)}\n`);
    // The header is where rich's own segments differ.
    const body = (text: string) => text.split("\n").filter((line) => !line.startsWith("┃"));
    assert.deepEqual(body(lines.join("")), body(recording.coloured));
  });
}

test("memory is printed with two digits, in units of 1024", () => {
  assert.equal(printMemory(392), "392.00 B");
  assert.equal(printMemory(1512), "1.48 KB");
  assert.equal(printMemory(1024), "1.00 KB");
  assert.equal(printMemory(102_400_000 * 128 * 4), "48.83 GB");
});

test("what is not known is a question mark", () => {
  const layer = { type: "Dense", trainable: true, connectedTo: [], nested: [] };
  const text = printSummary({
    kerasName: "model",
    kind: "subclass",
    params: undefined,
    trainable: undefined,
    nonTrainable: 0,
    layers: [
      { ...layer, name: "a", params: undefined, output: { shape: unknownRank("not read"), dtype: undefined } },
      { ...layer, name: "b", params: 5, output: { shape: new Shape([NONE, unknown("not read")]), dtype: undefined } },
    ],
  });
  assert.match(text, /│ a \(Dense\) +│ \? +│ +\? │/);
  assert.match(text, /│ b \(Dense\) +│ \(None, \?\) +│ +5 │/);
  assert.match(text, /^ Total params: \?\n Trainable params: \?\n Non-trainable params: 0 \(0.00 B\)$/m);
});

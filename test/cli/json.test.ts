import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { Ajv2020, type AnySchema } from "ajv/dist/2020.js";
import type { Analysis, Diagnostic, Hint, HintContext, ModelReport, Outputs } from "../../core/index.ts";
import { NONE, symbol, unknown } from "../../core/tensor/dim.ts";
import { type Shape, shape, unknownRank } from "../../core/tensor/shape.ts";
import { folder } from "../workspace/folder.ts";
import { inlayer, spanOf, stubCore } from "./stub.ts";

const docs = (name: string) => readFileSync(new URL(`../../docs/${name}`, import.meta.url), "utf8");
const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(
  JSON.parse(docs("json.schema.json")) as AnySchema,
);
function assertValid(report: unknown): void {
  assert.ok(validate(report), JSON.stringify(validate.errors, null, 2));
}

const float = (...sizes: ConstructorParameters<typeof Shape>[0]) => ({
  shape: shape(...sizes),
  dtype: "float32" as const,
});
const seen = (outputs: Outputs, params?: number, callers: HintContext["callers"] = []): HintContext => ({
  outputs,
  params,
  callers,
});

const HELPER = "from keras import layers\ndef block(x):\n    return layers.Dense(4)(x)\n";
const TEXT = `from helper import block
model = keras.Sequential([
\tlayers.Dense(10, input_shape=(20, 5))])
z = '😀'; y = block(model.output)
a, b = lstm(block(y))
`;

/** Every kind of thing that an analysis can say, in a file that imports another. */
function everything(path: string, helper: string): Omit<Analysis, "path"> {
  const dense = spanOf(TEXT, "layers.Dense(10, input_shape=(20, 5))");
  const here = (part: string) => ({ path, span: spanOf(TEXT, part) });
  const model: ModelReport = {
    name: "model",
    kerasName: "sequential",
    kind: "sequential",
    span: spanOf(TEXT, TEXT.slice(TEXT.indexOf("keras.Seq"), dense.end + 2)),
    inputs: [shape(NONE, 20, 5)],
    outputs: undefined,
    params: 60,
    trainable: 60,
    nonTrainable: undefined,
    layers: [
      {
        ...{ name: "dense", type: "Dense", location: { path, span: dense }, output: float(NONE, 20, 10), params: 60 },
        ...{ trainable: true, connectedTo: [], nested: [] },
      },
      {
        ...{ name: "lstm", type: "LSTM", location: { path: helper, span: dense }, params: undefined },
        ...{ output: [float(NONE, 4), float(NONE, 4)], trainable: true, connectedTo: [], nested: [] },
      },
      {
        ...{ name: "add", type: "Add", location: undefined, output: undefined, params: 0 },
        ...{ trainable: true, connectedTo: [], nested: [] },
      },
    ],
  };
  const several: Hint = {
    span: spanOf(TEXT, "block(model.output)"),
    kind: "tensor",
    type: "block",
    contexts: [
      seen(float(NONE, 20, 4), 44, [
        { path: helper, span: spanOf(HELPER, "layers.Dense(4)(x)") },
        here("lstm(block(y))"),
      ]),
      seen(float(NONE, symbol("units")), 44),
      seen(float(NONE, 20, 4), 20),
      seen({ shape: unknownRank("not read"), dtype: undefined }, undefined),
    ],
    more: 0,
  };
  const diagnostic: Diagnostic = {
    code: "dense-on-sequence",
    severity: "warning",
    span: dense,
    message: "One kernel for the last axis.",
    related: [{ location: { path: helper, span: spanOf(HELPER, "Dense(4)") }, message: "as here" }],
    fixes: [
      {
        title: "Insert Flatten()",
        preferred: true,
        edits: [{ location: { path, span: { start: dense.start, end: dense.start } }, newText: "layers.Flatten()," }],
      },
    ],
  };
  return {
    models: [model],
    hints: [
      {
        span: spanOf(TEXT, "lstm(block(y))"),
        kind: "layer",
        type: "LSTM",
        more: 0,
        contexts: [seen([float(5), float()], 5)],
      },
      several,
    ],
    diagnostics: [diagnostic],
    unknowns: [{ span: spanOf(TEXT, "lstm"), reason: "lstm is not defined here" }],
  };
}

async function reportOf(t: test.TestContext) {
  const root = folder(t, { "a.py": TEXT, "helper.py": HELPER, ".git/HEAD": "" });
  const core = stubCore((file) => ({
    missing: [{ kind: "module", from: file.path, name: "helper" }],
    ...everything(file.path, `${root}/helper.py`),
  }));
  return { root, core, ...(await inlayer(root, core, ["check", "a.py", "--format", "json"])) };
}

test("the report has the form of the contract, field by field", async (t) => {
  const { code, out, err } = await reportOf(t);
  assert.deepEqual([code, err], [0, ""]);
  const report: unknown = JSON.parse(out);
  assertValid(report);
  const expected = {
    version: 1,
    files: [
      {
        path: "a.py",
        models: [
          {
            ...{ name: "model", kind: "sequential", line: 2, inputs: ["(None, 20, 5)"], outputs: null },
            ...{ params: 60, trainable: 60, nonTrainable: null },
            layers: [
              { name: "dense", type: "Dense", line: 3, column: 2, output: "(None, 20, 10)", params: 60 },
              {
                name: "lstm",
                type: "LSTM",
                line: null,
                column: null,
                output: ["(None, 4)", "(None, 4)"],
                params: null,
              },
              { name: "add", type: "Add", line: null, column: null, output: null, params: 0 },
            ],
          },
        ],
        hints: [
          {
            // The emoji before it counts two: UTF-16 units.
            ...{ line: 4, column: 15, endLine: 4, endColumn: 34, kind: "tensor", type: "block" },
            shapes: ["(None, 20, 4)", "(None, units)", "?"],
            dtypes: ["float32", "float32", null],
            params: null,
            contexts: [
              {
                ...{ shapes: "(None, 20, 4)", dtypes: "float32", params: 44 },
                callers: [
                  { path: "helper.py", line: 3, column: 12 },
                  { path: "a.py", line: 5, column: 8 },
                ],
              },
              { shapes: "(None, units)", dtypes: "float32", params: 44, callers: [] },
              { shapes: "(None, 20, 4)", dtypes: "float32", params: 20, callers: [] },
              { shapes: "?", dtypes: null, params: null, callers: [] },
            ],
          },
          {
            ...{ line: 5, column: 8, endLine: 5, endColumn: 22, kind: "layer", type: "LSTM" },
            ...{ shapes: [["(5,)", "()"]], dtypes: [["float32", "float32"]], params: 5 },
            contexts: [{ shapes: ["(5,)", "()"], dtypes: ["float32", "float32"], params: 5, callers: [] }],
          },
        ],
        diagnostics: [
          {
            ...{ code: "dense-on-sequence", severity: "warning", line: 3, column: 2, endLine: 3, endColumn: 39 },
            message: "One kernel for the last axis.",
            related: [{ path: "helper.py", line: 3, column: 19, message: "as here" }],
            fixes: [
              {
                title: "Insert Flatten()",
                preferred: true,
                edits: [{ path: "a.py", line: 3, column: 2, endLine: 3, endColumn: 2, newText: "layers.Flatten()," }],
              },
            ],
          },
        ],
        unknowns: [{ line: 5, column: 8, reason: "lstm is not defined here" }],
      },
    ],
  };
  // As text, so that the order of the fields counts too.
  assert.equal(out, `${JSON.stringify(expected, null, 2)}\n`);
});

test("a notebook's places have their cell", async (t) => {
  const cells = [
    { cell_type: "markdown", source: "# Title" },
    { cell_type: "code", source: ["%matplotlib inline\n", "x = f(1)"] },
    { cell_type: "code", source: ["y = g(x)"] },
  ];
  const root = folder(t, { "n.ipynb": JSON.stringify({ nbformat: 4, metadata: {}, cells }) });
  const core = stubCore((file) => {
    const span = spanOf(file.text, "g(x)");
    const place = { path: file.path, span: spanOf(file.text, "f(1)") };
    const model = { name: "m", kerasName: "m", kind: "subclass" as const, params: undefined, trainable: undefined };
    return {
      models: [{ ...model, span, inputs: undefined, outputs: undefined, nonTrainable: undefined, layers: [] }],
      hints: [{ span, kind: "tensor", type: "g", contexts: [seen(float(unknown("?")), undefined, [place])], more: 0 }],
      diagnostics: [
        {
          ...{ code: "x", severity: "error" as const, span: place.span, message: "m" },
          ...{ related: [{ location: place, message: "r" }] },
          fixes: [{ title: "t", preferred: false, edits: [{ location: place, newText: "" }] }],
        },
      ],
      unknowns: [{ span, reason: "r" }],
    };
  });
  const { code, out } = await inlayer(root, core, ["check", ".", "--format", "json"]);
  assert.equal(code, 1);
  assertValid(JSON.parse(out));
  const at = { path: "n.ipynb", cell: 1, line: 2, column: 5 };
  assert.deepEqual(JSON.parse(out), {
    version: 1,
    files: [
      {
        path: "n.ipynb",
        models: [
          {
            ...{ name: "m", kind: "subclass", cell: 2, line: 1, inputs: null, outputs: null, params: null },
            ...{ trainable: null, nonTrainable: null, layers: [] },
          },
        ],
        hints: [
          {
            ...{ cell: 2, line: 1, column: 5, endLine: 1, endColumn: 9, kind: "tensor", type: "g" },
            ...{ shapes: ["(?,)"], dtypes: ["float32"], params: null },
            contexts: [{ shapes: "(?,)", dtypes: "float32", params: null, callers: [at] }],
          },
        ],
        diagnostics: [
          {
            ...{ code: "x", severity: "error", cell: 1, line: 2, column: 5, endLine: 2, endColumn: 9, message: "m" },
            related: [{ ...at, message: "r" }],
            fixes: [{ title: "t", preferred: false, edits: [{ ...at, endLine: 2, endColumn: 9, newText: "" }] }],
          },
        ],
        unknowns: [{ cell: 2, line: 1, column: 5, reason: "r" }],
      },
    ],
  });
});

/** The names under every `properties`. */
function propertiesOf(schema: unknown): string[] {
  if (typeof schema !== "object" || schema === null) return [];
  return Object.entries(schema).flatMap(([key, value]: [string, unknown]) => [
    ...(key === "properties" && typeof value === "object" && value !== null ? Object.keys(value) : []),
    ...propertiesOf(value),
  ]);
}

test("the documentation's example is valid, and names every field", () => {
  const page = docs("json.md");
  const [, example = ""] = /```json\n([\s\S]*?)```/.exec(page) ?? [];
  assertValid(JSON.parse(example));
  const fields = propertiesOf(JSON.parse(docs("json.schema.json")));
  assert.ok(fields.length > 60);
  for (const field of new Set(fields))
    assert.match(page, new RegExp(`[\`"]${field}[\`"]`), `${field} is not explained`);
});

test("the schema refuses what is not in the contract", async (t) => {
  const { out } = await reportOf(t);
  const spoil = (change: (report: { files: { hints: object[] }[]; version: number }) => void) => {
    const report = JSON.parse(out) as { files: { hints: object[] }[]; version: number };
    change(report);
    return validate(report);
  };
  assert.equal(
    spoil(() => {}),
    true,
  );
  assert.equal(
    spoil((report) => {
      report.version = 2;
    }),
    false,
  );
  assert.equal(
    spoil(({ files }) => Object.assign(files[0] ?? {}, { extra: 1 })),
    false,
  );
  assert.equal(
    spoil(({ files }) => Object.assign(files[0]?.hints[0] ?? {}, { line: 0 })),
    false,
  );
  assert.equal(
    spoil(({ files }) => Object.assign(files[0]?.hints[0] ?? {}, { kind: "other" })),
    false,
  );
  assert.equal(
    spoil(({ files }) => Object.assign(files[0]?.hints[0] ?? {}, { shapes: ["None"] })),
    false,
  );
});

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import {
  type Analysis,
  type Core,
  createCore,
  type Diagnostic,
  type Fix,
  type Hint,
  hasRank,
  type LayerReport,
  type ModelReport,
  type Outputs,
  printShape,
  type Span,
} from "../../core/index.ts";
import { applyEdits } from "../../core/text/edits.ts";

const require = createRequire(import.meta.url);

export function testCore(): Promise<Core> {
  return createCore({
    runtime: readFileSync(require.resolve("web-tree-sitter/web-tree-sitter.wasm")),
    python: readFileSync(require.resolve("tree-sitter-python/tree-sitter-python.wasm")),
  });
}

export const example = (name: string): string =>
  readFileSync(new URL(`../../examples/${name}`, import.meta.url), "utf8");

/** What Inlayer tells of a program, asked for by pieces of its text. */
export class Told {
  readonly text: string;
  readonly analysis: Analysis;
  private readonly core: Core;
  private readonly path: string;

  constructor(core: Core, path: string, text: string) {
    this.core = core;
    this.path = path;
    this.text = text;
    const file = { path, text };
    const { analysis, missing } = core.analyse({ file, answers: new Map(), settings: { keras: "auto" } });
    assert.deepEqual(missing, [], `${path} needs nothing beside itself`);
    this.analysis = analysis;
  }

  /** The widest hint inside the one occurrence of `piece`, as a table has it: `(None, 128) 6,528`. */
  hint(piece: string): string {
    const within = this.find(piece);
    const hints = this.analysis.hints.filter(({ span }) => span.start >= within.start && span.end <= within.end);
    const widest = hints.reduce<Hint | undefined>(
      (best, hint) => (best === undefined || length(hint.span) > length(best.span) ? hint : best),
      undefined,
    );
    if (widest === undefined) return "no hint";
    return widest.contexts.map(({ outputs, params }) => `${shapes(outputs)} ${printCount(params)}`).join(" | ");
  }

  /** The only model. */
  get model(): ModelReport {
    const [model, ...others] = this.analysis.models;
    assert.ok(model !== undefined && others.length === 0, `one model is expected, not ${this.analysis.models.length}`);
    return model;
  }

  /** Diagnostics of a code. */
  coded(code: string): readonly Diagnostic[] {
    return this.analysis.diagnostics.filter((it) => it.code === code);
  }
  /** Errors and warnings, for messages of tests: `error [code] at text`. */
  get grave(): readonly string[] {
    return this.analysis.diagnostics
      .filter(({ severity }) => severity === "error" || severity === "warning")
      .map(({ code, severity, span }) => `${severity} [${code}] ${this.at(span)}`);
  }
  /** All diagnostics that stand inside the one occurrence of `piece`. */
  diagnosticsIn(piece: string): readonly Diagnostic[] {
    const within = this.find(piece);
    return this.analysis.diagnostics.filter(({ span }) => span.start >= within.start && span.end <= within.end);
  }
  /** The text under a span. */
  at(span: Span): string {
    return this.text.slice(span.start, span.end);
  }
  /** Whether two diagnostics underline some of the same text. */
  overlaps({ span: a }: Diagnostic, { span: b }: Diagnostic): boolean {
    return a.start < b.end && b.start < a.end;
  }
  /** A diagnostic's related texts: `text under it: message`. */
  related(diagnostic: Diagnostic): readonly string[] {
    return diagnostic.related.map(({ location, message }) => `${this.at(location.span)}: ${message}`);
  }

  /** What is told once a fix is applied. */
  after(fix: Fix): Told {
    const edits = fix.edits.map(({ location: { path, span }, newText }) => {
      assert.equal(path, this.path);
      return { span, replacement: newText };
    });
    const text = applyEdits(this.text, edits);
    assert.ok(text !== undefined, "the edits of a fix overlap");
    return new Told(this.core, this.path, text);
  }

  private find(piece: string): Span {
    const start = this.text.indexOf(piece);
    assert.ok(start >= 0, `the program has no ${piece}`);
    assert.equal(this.text.indexOf(piece, start + 1), -1, `the program has ${piece} twice`);
    return { start, end: start + piece.length };
  }
}

/** The only one of the fixes whose title has all the parts. */
export function fixWith(diagnostic: Diagnostic, ...parts: readonly string[]): Fix {
  const found = diagnostic.fixes.filter(({ title }) => parts.every((part) => title.includes(part)));
  const titles = diagnostic.fixes.map(({ title }) => title).join("; ");
  const [fix] = found;
  assert.ok(fix !== undefined && found.length === 1, `one fix with ${parts.join(" and ")} in: ${titles || "no fix"}`);
  return fix;
}

export function only<T>(list: readonly T[], what: string): T {
  const [first] = list;
  assert.ok(first !== undefined && list.length === 1, `${list.length} of ${what}, expected is one`);
  return first;
}

/** `Dense (None, 10) 1,290`, one a layer. */
export const layers = (model: ModelReport): readonly string[] => model.layers.map(layerText);
const layerText = ({ type, output, params }: LayerReport): string =>
  `${type} ${output === undefined ? "?" : shapes(output)} ${printCount(params)}`;

const length = ({ start, end }: Span): number => end - start;
const printCount = (params: number | undefined): string => params?.toLocaleString("en-US") ?? "unknown";
const shapes = (outputs: Outputs): string =>
  "shape" in outputs
    ? hasRank(outputs.shape)
      ? printShape(outputs.shape)
      : "?"
    : outputs.map((it) => printShape(it.shape)).join(", ");

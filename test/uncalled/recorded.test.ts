import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { type AnyShape, type Hint, hasRank, LineIndex, type Outputs, printShape } from "../../core/index.ts";
import { type Dim, isUnknown, NONE, namedIn, substitute } from "../../core/tensor/dim.ts";
import { analyse, openCore } from "../core/open.ts";

/**
 * Each program's functions were called in the real Keras, as the comments below them say (record.py): what came out at
 * each call expression is what the hints say there, with the call's own numbers for the names.
 */
const folder = new URL(".", import.meta.url);
const source = (name: string) => readFileSync(new URL(name, folder), "utf8");

type Sizes = readonly (number | null)[];
type Shape = Sizes | { readonly several: readonly Sizes[] };
type Described = unknown;
interface Call {
  readonly call: string;
  readonly entered: Readonly<Record<string, Readonly<Record<string, Described>>>>;
  readonly seen: readonly { readonly place: readonly number[]; readonly shape: Shape }[];
}
const recorded = JSON.parse(source("recorded.json")) as Readonly<Record<string, readonly Call[]>>;

/** What a path such as `call/inputs.shape[-1]` was in a call; undefined where it cannot be told. */
function valueAt(call: Call, reading: string, path: string): Dim | undefined {
  const [method, expression] = path.includes("/") ? path.split("/", 2) : [undefined, path];
  const parameters = call.entered[method ?? reading] ?? call.entered["__init__"] ?? {};
  const [, name = "", rest = ""] = /^(\w+)(.*)$/.exec(expression ?? "") ?? [];
  let value: Described = parameters[name] ?? call.entered["apply"]?.[name];
  for (const [, attribute, index, key] of rest.matchAll(/\.(\w+)|\[(-?\d+)\]|\["(\w+)"\]/g)) {
    const record = value as Record<string, unknown> | undefined;
    if (attribute !== undefined) value = record?.[attribute];
    else if (index !== undefined) value = Array.isArray(value) ? value.at(Number(index)) : undefined;
    else value = (record?.["items"] as Record<string, unknown> | undefined)?.[key ?? ""];
  }
  return typeof value === "number" ? value : value === null ? NONE : undefined;
}

function holdsFor(dim: Dim, actual: number | null | undefined, call: Call, reading: string, axis: number): boolean {
  if (actual === undefined) return false;
  if (isUnknown(dim)) return true;
  if (dim === NONE) return axis === 0 || actual === null;
  const values = new Map(namedIn(dim).map((path) => [path, valueAt(call, reading, path)]));
  if ([...values.values()].includes(undefined)) return true;
  const ids = new Map([...values].map(([path, value]) => [`parameter ${path}`, value as Dim]));
  const size = substitute(dim, ids);
  return size === NONE ? actual === null : size === actual;
}
function shapeHolds(shape: AnyShape, actual: Sizes, call: Call, reading: string): boolean {
  if (!hasRank(shape)) return shape.last === undefined || holdsFor(shape.last, actual.at(-1), call, reading, -1);
  return shape.rank === actual.length && shape.dims.every((dim, i) => holdsFor(dim, actual[i], call, reading, i));
}
function outputsHold(outputs: Outputs, actual: Shape, call: Call, reading: string): boolean {
  const shapes = "shape" in outputs ? [outputs.shape] : outputs.map((it) => it.shape);
  const actuals = "several" in actual ? actual.several : [actual];
  return shapes.length === actuals.length && shapes.every((it, i) => shapeHolds(it, actuals[i] ?? [], call, reading));
}
const printed = (outputs: Outputs) =>
  "shape" in outputs ? printShape(outputs.shape) : outputs.map((it) => printShape(it.shape)).join(" and ");

interface Counts {
  functions: number;
  compared: number;
}

/** What does not hold, both ways: what came out and no hint says, and a hint that nothing that came out bears out. */
function wrongIn(hint: Hint, place: string, calls: readonly Call[], counts: Counts): readonly string[] {
  const wrong: string[] = [];
  const borne = new Set<number>();
  let ran = false;
  for (const call of calls) {
    for (const { shape, place: at } of call.seen) {
      if (at.join() !== place) continue;
      ran = true;
      counts.compared++;
      const fits = hint.contexts.map((it) => outputsHold(it.outputs, shape, call, it.reading?.name ?? ""));
      for (const [i, fit] of fits.entries()) if (fit) borne.add(i);
      if (!fits.includes(true))
        wrong.push(
          `${call.call}: ${JSON.stringify(shape)} at ${place}, ${hint.contexts.map((it) => printed(it.outputs))}`,
        );
    }
  }
  for (const [i, { outputs }] of hint.contexts.entries())
    if (ran && !borne.has(i)) wrong.push(`${printed(outputs)} at ${place} is borne out by no call`);
  return wrong;
}

const core = await openCore();
const total: Counts = { functions: 0, compared: 0 };

describe("functions that nobody calls, as the real Keras runs them", () => {
  for (const name of readdirSync(new URL("programs/", folder)).filter((it) => it.endsWith(".py"))) {
    it(name, () => {
      const text = source(`programs/${name}`);
      const calls = recorded[name] ?? [];
      const comments = [...text.matchAll(/^# call: (.*)$/gm)].map(([, call]) => call);
      assert.deepEqual(
        calls.map((it) => it.call),
        comments,
        "record again: python record.py programs/*.py > recorded.json",
      );
      const { hints, diagnostics } = analyse(core, text);
      const lines = new LineIndex(text);
      const at = (offset: number) => {
        const { line, column } = lines.positionAt(offset);
        return [line, column];
      };
      const place = ({ span }: Hint) => [...at(span.start), ...at(span.end)].join();
      assert.deepEqual(
        hints.flatMap((hint) => wrongIn(hint, place(hint), calls, total)),
        [],
      );
      assert.deepEqual(diagnostics, []);
      const told = new Set(hints.flatMap((it) => it.contexts.map(({ reading }) => reading?.name)));
      total.functions += told.size;
      const silent = [...text.matchAll(/^(?:def|class) (\w+)/gm)].map(([, it]) => it).filter((it) => !told.has(it));
      // What another one calls is seen there.
      assert.deepEqual(
        silent.filter((it) => !hintedInside(text, hints, it ?? "")),
        [],
      );
    });
  }
  it("compares many", () => {
    assert.ok(total.compared > 300, `${total.compared} shapes of ${total.functions} functions`);
  });
});

/** Whether there are hints in the text of a function or a class. */
function hintedInside(text: string, hints: readonly Hint[], name: string): boolean {
  const start = text.search(new RegExp(`^(?:def|class) ${name}\\b`, "m"));
  const body = text.indexOf("\n", start) + 1;
  const length = text.slice(body).search(/^\S/m);
  const end = length < 0 ? text.length : body + length;
  return hints.some(({ span }) => span.start >= start && span.end <= end);
}

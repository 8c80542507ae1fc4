import { statementsIn } from "../../../python/statements.ts";
import type { ClassDef, FunctionDef, Return } from "../../../python/syntax.ts";
import type { Refactoring, RefactoringSite } from "../../../refactoring.ts";
import { printShape } from "../../../tensor/shape.ts";
import { sameSpan, shifted, touches } from "../../../text/span.ts";
import { shapesOf } from "./comments.ts";
import { linesOf } from "./place.ts";

/** Writes behind `def call(self, x):` of a class what goes in and comes out: `# x (32, 10, 5) → (32, 10)`. */
export function annotateCall(site: RefactoringSite): Refactoring | undefined {
  const { text, module, span } = site;
  const all = statementsIn(module);
  const around = all.findLast(
    ({ statement, start }) =>
      statement.kind === "ClassDef" &&
      touches({ start, end: start + statement.span.end - statement.span.start }, linesOf(text, span)),
  );
  if (around?.statement.kind !== "ClassDef") return undefined;
  const call = callOf(around.statement, around.start);
  const said = call && flowOf(site, call);
  const header = call && headerEnd(text, call);
  if (said === undefined || header === undefined) return undefined;
  return {
    title: `Say behind call() what it takes and gives: ${said}`,
    kind: "rewrite.call",
    edits: [{ span: header, newText: `  # ${said}` }],
  };
}

interface Placed {
  readonly call: FunctionDef;
  readonly start: number;
}
function callOf({ body }: ClassDef, base: number): Placed | undefined {
  const found = body.entries.find(({ statement: it }) => it.kind === "FunctionDef" && it.name === "call");
  return found?.statement.kind === "FunctionDef" ? { call: found.statement, start: base + found.offset } : undefined;
}

/** `x (32, 10, 5) → (32, 10)`; undefined where either end is not known. */
function flowOf(site: RefactoringSite, { call, start }: Placed): string | undefined {
  const taken = call.params
    .slice(1)
    .filter(({ kind }) => kind === "positional" || kind === "positionalOnly")
    .flatMap(({ name, span }) => {
      const shape = shapeAt(site, start + span.start, call, start, name);
      return shape === undefined ? [] : [`${name} ${shape}`];
    });
  const last = call.body.entries.findLast(({ statement }) => statement.kind === "Return");
  const returned = (last?.statement as Return | undefined)?.value;
  if (last === undefined || returned === undefined || taken.length === 0) return undefined;
  const at = start + last.offset;
  const hint = site.analysis.hints.find(({ span }) => sameSpan(span, shifted(returned.span, at)));
  const given = hint === undefined ? cardShape(site, at + returned.span.start) : shapesOf(hint.contexts);
  return given === undefined ? undefined : `${taken.join(", ")} → ${given}`;
}

/** Of a parameter: where it stands, else where the body first reads it. */
function shapeAt(site: RefactoringSite, at: number, call: FunctionDef, start: number, name: string) {
  const own = cardShape(site, at);
  if (own !== undefined) return own;
  const first = call.body.entries[0]?.offset ?? 0;
  const read = new RegExp(`(?<![\\w.])${name}(?!\\w|\\s*=[^=])`).exec(
    site.text.slice(start + first, start + call.span.end),
  );
  return read === null ? undefined : cardShape(site, start + first + read.index);
}

/** The one shape of a tensor at an offset. */
function cardShape(site: RefactoringSite, offset: number): string | undefined {
  const contexts = site.card(offset)?.contexts ?? [];
  const shapes = contexts.map(({ outputs }) =>
    outputs !== undefined && "shape" in outputs ? printShape(outputs.shape) : "?",
  );
  const [only] = shapes;
  return only !== undefined && only !== "?" && new Set(shapes).size === 1 ? only : undefined;
}

/** Behind the colon, up to the end of the line; undefined where anything but a comment of ours follows there. */
function headerEnd(text: string, { call, start }: Placed) {
  const first = start + (call.body.entries[0]?.offset ?? 0);
  const colon = /:(?<rest>[ \t]*(?:#[^\n]*\u2192[^\r\n]*)?)\r?\n/.exec(text.slice(start, first));
  if (colon === null) return undefined;
  const at = start + colon.index + 1;
  return { start: at, end: at + (colon.groups?.["rest"]?.length ?? 0) };
}

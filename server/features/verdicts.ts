import {
  type Analysis,
  type Hint,
  hasRank,
  type LineIndex,
  type Outputs,
  printDim,
  printShape,
} from "../../core/index.ts";

/** What a program's own run said of an expression: the hints, held to the real Keras. */

/** A line of what the run tells; server/verify/harness.py writes them. */
export type Fact =
  | { readonly started: readonly string[]; readonly python: string }
  | { readonly problem: string }
  | { readonly saw: number; readonly shapes: readonly (readonly (number | null)[] | null)[] }
  | { readonly saw: number; readonly params: number }
  | { readonly recorded: string; readonly line: number | null }
  | { readonly raised: string; readonly message: string; readonly line: number | null }
  | { readonly ended: true };

/** Lines from 1, columns in bytes of UTF-8: as Python counts. */
export type PythonSpan = readonly [line: number, column: number, endLine: number, endColumn: number];

export interface Verdict {
  readonly hint: Hint;
  readonly line: number;
  readonly verdict: "confirmed" | "refuted" | "unseen" | "unknown";
  /** What Inlayer says, and what Keras gave. */
  readonly predicted: string;
  readonly actual: string;
}
export interface Verification {
  readonly verdicts: readonly Verdict[];
  /** Where the program was not run to its end: how it raised, or why it could not be run. */
  readonly ending: string | undefined;
  /** `keras 3.15.1, Python 3.11.7`; undefined where nothing began. */
  readonly versions: string | undefined;
  /** What was recorded, and not run: `fit, line 7`. */
  readonly recorded: readonly string[];
}

export function spansOf({ hints }: Analysis, text: string, lines: LineIndex): readonly PythonSpan[] {
  const at = (offset: number): readonly [number, number] => {
    const { line, column } = lines.positionAt(offset);
    return [line, new TextEncoder().encode(text.slice(offset - column + 1, offset)).length];
  };
  return hints.map(({ span }) => [...at(span.start), ...at(span.end)]);
}

export function verified({ hints }: Analysis, lines: LineIndex, facts: readonly Fact[]): Verification {
  const seen = new Map<number, { shapes: Shapes[]; params: number | undefined }>();
  for (const fact of facts) {
    if (!("saw" in fact)) continue;
    const known = seen.get(fact.saw) ?? { shapes: [], params: undefined };
    if ("params" in fact) known.params = fact.params;
    else known.shapes.push(fact.shapes);
    seen.set(fact.saw, known);
  }
  const verdicts = hints.map((hint, i) => {
    const { shapes = [], params } = seen.get(i) ?? {};
    const { line } = lines.positionAt(hint.span.end);
    return { hint, line, ...verdictOn(hint, shapes, params) };
  });
  const started = facts.find((it) => "started" in it);
  return {
    verdicts: verdicts.toSorted((a, b) => a.hint.span.start - b.hint.span.start),
    ending: endingOf(facts),
    versions: started && `${started.started.join(", ")}, Python ${started.python}`,
    recorded: recordedIn(facts),
  };
}

function endingOf(facts: readonly Fact[]): string | undefined {
  for (const fact of facts) {
    if ("problem" in fact) return fact.problem;
    if ("raised" in fact) {
      const where = fact.line === null ? "" : ` at line ${fact.line}`;
      return `the program raises ${fact.raised}${where}: ${fact.message}`;
    }
  }
  return undefined;
}
function recordedIn(facts: readonly Fact[]): readonly string[] {
  const all = facts.flatMap((it) => ("recorded" in it ? [`${it.recorded}, line ${it.line ?? "?"}`] : []));
  return [...new Set(all)];
}

// ---- one hint
// ------------------------------------------------------------------------------------------------------------------

type Shapes = readonly (readonly (number | null)[] | null)[];
/** A size that Inlayer does not state fits every size. */
type Size = number | "None" | "?";

function verdictOn(
  { contexts, more }: Hint,
  seen: readonly Shapes[],
  params: number | undefined,
): Pick<Verdict, "verdict" | "predicted" | "actual"> {
  const claims = contexts.map((it) => claimOf(it.outputs));
  const counts = new Set(contexts.map((it) => it.params));
  const [count] = counts;
  const wrongCount = params !== undefined && counts.size === 1 && count !== undefined && count !== params;
  const words = (shape: string, n: number | undefined) =>
    wrongCount && n !== undefined ? `${shape} · ${n} params` : shape;
  const predicted = words([...new Set(contexts.map((it) => printed(it.outputs)))].join(" | "), count);
  const actual = words([...new Set(seen.map(printedShapes))].join(" | "), params);
  const strange = seen.filter((shapes) => !claims.some((claim) => fits(claim, shapes)));
  if (seen.length === 0) return { verdict: "unseen", predicted, actual };
  if (wrongCount || (strange.length > 0 && more === 0)) return { verdict: "refuted", predicted, actual };
  const says = claims.some((claim) => claim.some((shape) => shape?.some((it) => it !== "?")));
  const isScalar = claims.some((claim) => claim.some((shape) => shape?.length === 0));
  return { verdict: says || isScalar ? "confirmed" : "unknown", predicted, actual };
}

const listOf = (outputs: Outputs) => ("shape" in outputs ? [outputs] : outputs);
/** Undefined for a shape of an unknown number of axes. */
const claimOf = (outputs: Outputs): readonly (readonly Size[] | undefined)[] =>
  listOf(outputs).map(({ shape }) =>
    hasRank(shape)
      ? shape.dims.map((dim): Size => (typeof dim === "number" ? dim : printDim(dim) === "None" ? "None" : "?"))
      : undefined,
  );
const printed = (outputs: Outputs): string =>
  listOf(outputs)
    .map(({ shape }) => printShape(shape))
    .join(", ");
const printedShapes = (shapes: Shapes): string =>
  shapes
    .map((it) => (it === null ? "?" : `(${it.map((n) => n ?? "None").join(", ")}${it.length === 1 ? "," : ""})`))
    .join(", ");

/** None stands for a size that a call may give; a program's own number of samples may be open where Keras traces. */
function fits(claim: readonly (readonly Size[] | undefined)[], shapes: Shapes): boolean {
  if (claim.length !== shapes.length) return false;
  return claim.every((sizes, i) => {
    const shape = shapes[i];
    if (sizes === undefined || shape === null || shape === undefined) return true;
    if (sizes.length !== shape.length) return false;
    return sizes.every((size, axis) => {
      const actual = shape[axis];
      return size === "?" || size === "None" || size === actual || (axis === 0 && actual === null);
    });
  });
}

// ---- for people
// ------------------------------------------------------------------------------------------------------------------

const MARKS = { confirmed: "✓", refuted: "✗", unseen: "·", unknown: "?" } as const;
const WORDS = { confirmed: "confirmed", refuted: "REFUTED", unseen: "not reached", unknown: "nothing said" } as const;

/** `12 confirmed, 1 refuted, 2 not reached` */
export function countsOf({ verdicts }: Verification): string {
  const count = (kind: Verdict["verdict"]) => verdicts.filter(({ verdict }) => verdict === kind).length;
  return (["confirmed", "refuted", "unseen", "unknown"] as const)
    .filter((kind) => count(kind) > 0 || kind === "confirmed")
    .map((kind) => `${count(kind)} ${WORDS[kind].toLowerCase()}`)
    .join(", ");
}

/** A table of all hints as plain lines, then what else there is to know. */
export function verificationLines(verification: Verification): readonly string[] {
  const { verdicts, ending, versions, recorded } = verification;
  const rows = verdicts.map(({ hint, line, verdict, predicted, actual }) => {
    const said = actual === "" || actual === predicted ? predicted : `${predicted}, Keras: ${actual}`;
    return [MARKS[verdict], String(line), hint.type || "expression", said, WORDS[verdict]] as const;
  });
  const widths = [0, 1, 2, 3].map((i) => Math.max(0, ...rows.map((row) => (row[i] ?? "").length)));
  const lines = rows.map(([mark, line, type, said, words]) => {
    const [, lineWidth = 0, typeWidth = 0, saidWidth = 0] = widths;
    return `${mark} ${line.padStart(lineWidth)}  ${type.padEnd(typeWidth)}  ${said.padEnd(saidWidth)}  ${words}`;
  });
  return [
    ...(versions === undefined ? [] : [versions]),
    ...lines,
    ...recorded.map((it) => `recorded, not run: ${it}`),
    ...(ending === undefined ? [] : [`not run to the end: ${ending}`]),
    countsOf(verification),
  ];
}

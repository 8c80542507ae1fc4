import type { FileReport } from "../../server/cli/json.ts";

/** What run_real.py recorded of a program. */
export interface Recorded {
  readonly hash: string;
  readonly error: { readonly type: string; readonly message: string; readonly lines: readonly number[] } | null;
  readonly calls: Readonly<Record<string, RecordedCall>>;
  readonly models: readonly RecordedModel[];
}
export interface RecordedCall {
  readonly kind: "tensor" | "layer" | "model";
  /** One entry for each distinct result: its tensors' shapes. */
  readonly shapes: readonly (readonly string[])[];
  readonly dtypes: readonly (readonly string[])[];
  readonly params: number | null;
}
export interface RecordedModel {
  readonly line: number;
  readonly class: string;
  readonly params: number | null;
  readonly trainable: number | null;
  readonly outputs: readonly (readonly string[])[];
  readonly layers: readonly (readonly [name: string, type: string, params: number | null])[];
}

export type Verdict = "exact" | "loose" | "unknown" | "missing" | "wrong";
export interface Finding {
  readonly verdict: Verdict;
  readonly line: number;
  readonly text: string;
}
type Hint = FileReport["hints"][number];

/** Judges a report by the record: each call, each model, and whether the program raises. */
export function compare(recorded: Recorded, report: FileReport): readonly Finding[] {
  return [...errors(recorded, report), ...calls(recorded, report), ...models(recorded, report)];
}

function errors({ error }: Recorded, report: FileReport): readonly Finding[] {
  const claimed = report.diagnostics.filter((it) => it.severity === "error");
  if (error !== null && claimed.length === 0) {
    const line = error.lines.at(-1) ?? 0;
    return [{ verdict: "missing", line, text: `raises ${error.type}: ${error.message}` }];
  }
  if (error === null) {
    return claimed.map(({ line, code, message }) => ({
      verdict: "wrong",
      line,
      text: `claims [${code}] ${message}; Keras runs it`,
    }));
  }
  return [{ verdict: "exact", line: error.lines.at(-1) ?? 0, text: claimed.map((it) => it.code).join(", ") }];
}

// ---- calls --------------------------------------------------------------------------------------------------------

const spanOf = (hint: Hint): string => `${hint.line}:${hint.column}-${hint.endLine}:${hint.endColumn}`;
const listed = (shapes: string | readonly string[]): readonly string[] =>
  typeof shapes === "string" ? [shapes] : shapes;

function calls(recorded: Recorded, report: FileReport): readonly Finding[] {
  const hints = new Map(report.hints.map((hint) => [spanOf(hint), hint]));
  return Object.entries(recorded.calls).flatMap(([span, call]) => {
    const line = Number.parseInt(span, 10);
    const hint = hints.get(span);
    if (hint !== undefined) return [{ line, ...judgeCall(call, hint, span, recorded.error !== null) }];
    // A layer that nothing called, a model that was not built: no output, no hint.
    if (call.shapes.length === 0) return [];
    return [{ verdict: "missing", line, text: `${span} ${said(call.shapes)}: no hint` } as const];
  });
}

const said = (shapes: readonly (readonly string[])[]): string =>
  shapes
    .slice(0, 4)
    .map((it) => it.join(", "))
    .join(" | ");

function judgeCall(call: RecordedCall, hint: Hint, span: string, raises: boolean): Omit<Finding, "line"> {
  const contexts = hint.contexts.map(({ shapes, dtypes }) => ({
    shapes: listed(shapes),
    dtypes: dtypes === null || typeof dtypes === "string" ? [dtypes] : dtypes,
  }));
  const results = call.shapes.map((shapes, i) => ({ shapes, dtypes: call.dtypes[i] ?? [] }));
  const told = `${said(contexts.map((it) => it.shapes))} ${contexts[0]?.dtypes.join(", ") ?? ""} · ${hint.params}`;
  const seen = `${said(call.shapes)} ${call.dtypes[0]?.join(", ") ?? ""} · ${call.params}`;
  const text = `${span} ${hint.type} is ${seen}; hint ${told}`;
  if (call.params !== null && hint.params !== null && call.params !== hint.params && hint.kind !== "tensor")
    return { verdict: "wrong", text };
  if (results.length === 0)
    return { verdict: contexts.every((it) => it.shapes.includes("?")) ? "exact" : "loose", text };
  let worst: Verdict = "exact";
  const note = (verdict: Verdict): void => {
    if (ORDER.indexOf(verdict) > ORDER.indexOf(worst)) worst = verdict;
  };
  // Every claim was seen; of a call, everything seen was claimed. A layer's later uses need no claim of their own.
  // What raises was recorded by nobody.
  const judged = raises ? contexts.filter((it) => !it.shapes.includes("?")) : contexts;
  for (const context of judged) note(best(results.map((result) => agreement(context, result))));
  if (call.kind === "tensor") for (const result of results) note(best(contexts.map((it) => agreement(it, result))));
  return { verdict: worst, text };
}

const ORDER: readonly Verdict[] = ["exact", "loose", "unknown", "missing", "wrong"];
const best = (verdicts: readonly Verdict[]): Verdict => ORDER.find((it) => verdicts.includes(it)) ?? "missing";

interface Result {
  readonly shapes: readonly string[];
  readonly dtypes: readonly (string | null)[];
}

function agreement(claim: Result, seen: Result): Verdict {
  if (claim.shapes.length !== seen.shapes.length) return claim.shapes.every((it) => it === "?") ? "unknown" : "wrong";
  const shapes = claim.shapes.map((shape, i) => agreementOfShapes(shape, seen.shapes[i] ?? ""));
  const dtypes = claim.dtypes.map(
    (dtype, i): Verdict => (dtype === null ? "unknown" : dtype === seen.dtypes[i] ? "exact" : "wrong"),
  );
  return [...shapes, ...dtypes].reduce((a, b) => (ORDER.indexOf(b) > ORDER.indexOf(a) ? b : a), "exact");
}

const sizes = (shape: string): readonly string[] =>
  shape
    .slice(1, -1)
    .split(",")
    .map((it) => it.trim())
    .filter(Boolean);

/** `None` beside a number is loose: a run gives the sizes that a symbolic call leaves open. */
function agreementOfShapes(claim: string, seen: string): Verdict {
  if (claim === "?") return "unknown";
  if (seen === "?") return "loose";
  const [a, b] = [sizes(claim), sizes(seen)];
  if (a.length !== b.length) return "wrong";
  let worst: Verdict = "exact";
  a.forEach((size, i) => {
    const other = b[i];
    if (size === other) return;
    const verdict = size === "None" || other === "None" ? "loose" : /^\d+$/.test(size) ? "wrong" : "unknown";
    if (ORDER.indexOf(verdict) > ORDER.indexOf(worst)) worst = verdict;
  });
  return worst;
}

// ---- models -------------------------------------------------------------------------------------------------------

function models(recorded: Recorded, report: FileReport): readonly Finding[] {
  const left = [...report.models];
  const found = recorded.models.map((model): Finding => {
    const i = left.findIndex((it) => it.line === model.line);
    const [claim] = i < 0 ? [] : left.splice(i, 1);
    if (claim === undefined) return { verdict: "missing", line: model.line, text: `no model ${model.class}` };
    return judgeModel(model, claim, recorded.error !== null);
  });
  // Behind a fault Inlayer goes on, and may tell of models that were never made.
  const extra = recorded.error === null ? left : [];
  return [
    ...found,
    ...extra.map(({ line, name }) => ({ verdict: "wrong", line, text: `no such model: ${name}` }) as const),
  ];
}

function judgeModel(model: RecordedModel, told: FileReport["models"][number], cutShort: boolean): Finding {
  // Behind a fault Inlayer goes on: what it adds to the model then, Keras never ran.
  const claim = cutShort ? { ...told, layers: told.layers.slice(0, model.layers.length) } : told;
  const wrong: string[] = [];
  const unknown: string[] = [];
  const hold = (what: string, is: unknown, claimed: unknown): void => {
    if (claimed === null && is !== null) unknown.push(`${what} is ${JSON.stringify(is)}`);
    else if (is !== null && JSON.stringify(is) !== JSON.stringify(claimed)) wrong.push(difference(what, is, claimed));
  };
  hold("params", model.params, claim.params);
  hold("trainable", model.trainable, claim.trainable);
  const named = claim.layers.map((it) => it.name);
  // An attribute that is not known may be a layer: then the list is only of those that are.
  if (claim.kind === "subclass" && claim.params === null && named.length < model.layers.length)
    return { verdict: "unknown", line: model.line, text: `model ${claim.name}: not all of its layers are known` };
  hold(
    "layers",
    model.layers.map(([name]) => name),
    named,
  );
  hold(
    "types",
    model.layers.map(([, type]) => type),
    claim.layers.map((it) => it.type),
  );
  model.layers.forEach(([name, , params], i) => {
    if (claim.layers[i]?.name === name) hold(`${name}.params`, params, claim.layers[i]?.params ?? null);
  });
  if (claim.outputs === null) {
    if (model.outputs.length > 0) unknown.push("outputs");
  } else if (model.outputs.length > 0) {
    const fact = { shapes: claim.outputs, dtypes: [] };
    const verdict = best(model.outputs.map((shapes) => agreement(fact, { shapes, dtypes: [] })));
    if (verdict === "wrong") wrong.push(`outputs are ${said(model.outputs)}, not ${claim.outputs.join(", ")}`);
    else if (verdict === "unknown") unknown.push(`outputs ${claim.outputs.join(", ")}`);
  }
  const verdict = wrong.length > 0 ? "wrong" : unknown.length > 0 ? "unknown" : "exact";
  return {
    verdict,
    line: model.line,
    text: `model ${claim.name} (${model.class}): ${[...wrong, ...unknown].join("; ")}`,
  };
}

/** Where two lists differ first, or the two values. */
function difference(what: string, is: unknown, claimed: unknown): string {
  if (!Array.isArray(is) || !Array.isArray(claimed))
    return `${what} is ${JSON.stringify(is)}, not ${JSON.stringify(claimed)}`;
  const i = is.findIndex((it, at) => it !== claimed[at]);
  const at = i < 0 ? is.length : i;
  return `${what}[${at}] is ${is[at]} of ${is.length}, not ${claimed[at]} of ${claimed.length}`;
}

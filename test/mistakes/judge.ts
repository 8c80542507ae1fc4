import { type Analysis, type Core, type Diagnostic, LineIndex, type Missing, missingKey } from "../../core/index.ts";
import { applyEdits } from "../../core/text/edits.ts";
import { hashOf, type Mistake } from "./programs.ts";

/** What the real Keras did with a script; `tasks/oracle/mistakes.py` says how it is asked. */
export interface Run {
  readonly raised: { readonly type: string; readonly message: string; readonly lines: readonly number[] } | null;
  readonly training: readonly Training[];
  /** It gave no answer, and why. */
  readonly failed?: string;
}
export interface Training {
  readonly call: string;
  readonly x: readonly string[] | null;
  readonly y?: readonly string[] | null;
  readonly outputs: readonly string[] | null;
  readonly loss?: string | null;
}
/** By the hash of the script and its files. JAX is asked about broken halves: an error is what both raise. */
export type MistakesRecord = Readonly<Record<string, { readonly tensorflow: Run; readonly jax?: Run }>>;

const isGrave = (it: Diagnostic): boolean => it.severity === "error" || it.severity === "warning";

/** Analyses a script with what stands beside it. */
export function analyse(core: Core, text: string, files: Mistake["files"]): Analysis {
  const answers = new Map<string, { path: string; text: string } | null>();
  const find = (missing: Missing) => {
    const name = [missing.name, `${missing.name}.py`].find((it) => files[it] !== undefined);
    return name === undefined ? null : { path: name, text: files[name] ?? "" };
  };
  for (let round = 0; ; round++) {
    const project = { file: { path: "program.py", text }, answers, settings: { keras: "auto", fixes: true } } as const;
    const { analysis, missing } = core.analyse(project);
    const open = missing.filter((it) => !answers.has(missingKey(it)));
    if (open.length === 0 || round > 20) return analysis;
    for (const it of open) answers.set(missingKey(it), find(it));
  }
}

/** Most errors of one script that are repaired one after the other. */
const MOST = 4;

/**
 * The script after the first repair of what it was told: of its errors, one after the other, or of the first warning
 * where there is none. What only comes to light by a repair is not repaired. Undefined where there is no repair.
 */
export function repairedBy(core: Core, { broken, files }: Mistake): string | undefined {
  const told = (analysis: Analysis) => {
    const errors = analysis.diagnostics.filter((it) => it.severity === "error");
    return errors.length > 0 ? errors : analysis.diagnostics.filter((it) => it.severity === "warning").slice(0, 1);
  };
  let analysis = analyse(core, broken, files);
  const known = new Set(told(analysis).map(({ message }) => message));
  let text = broken;
  for (let round = 0; round < MOST; round++) {
    const fix = told(analysis).find((it) => known.has(it.message) && it.fixes.length > 0)?.fixes;
    const [first] = fix ?? [];
    const edits = (fix?.find((it) => it.preferred) ?? first)?.edits;
    const next = edits?.map(({ location, newText }) => ({ span: location.span, replacement: newText }));
    const repaired = next && applyEdits(text, next);
    if (repaired === undefined) break;
    text = repaired;
    analysis = analyse(core, text, files);
  }
  return text === broken ? undefined : text;
}

/** What Inlayer made of one mistake, each beside what Keras says; undefined where Keras says nothing to hold it to. */
export interface Judgement {
  /** The broken script raises, or is silent by its heading: an error, or any finding, was told. */
  readonly foretold: boolean;
  readonly raises: boolean;
  /** A finding's own place is a line that the repair changes. */
  readonly blamed: boolean;
  /** The first repair gives the reference's data, outputs and loss, and a step of training. */
  readonly mended: boolean;
  /** Findings on the repaired script, and errors on a broken one that runs. */
  readonly alarms: readonly string[];
  readonly told: readonly string[];
}

export function judge(core: Core, mistake: Mistake, record: MistakesRecord): Judgement | undefined {
  const { files } = mistake;
  const [broken, repaired] = [mistake.broken, mistake.repaired].map((text) => record[hashOf(text, files)]);
  if (broken === undefined || repaired === undefined) return undefined;
  const analysis = analyse(core, mistake.broken, files);
  const lines = new LineIndex(mistake.broken);
  const both = [broken.tensorflow, broken.jax].map((it) => it?.raised);
  const raises = both.every((it) => it !== null);
  const runs = both.every((it) => it === null);
  const found = analysis.diagnostics.filter((it) => (raises ? it.severity === "error" : isGrave(it)));
  const lineOf = (it: Diagnostic) => lines.positionAt(it.span.start).line;
  const result = repairedBy(core, mistake);
  const after = result === undefined ? undefined : record[hashOf(result, files)];
  const alarms = [
    ...analyse(core, mistake.repaired, files).diagnostics.filter(isGrave),
    ...analysis.diagnostics.filter((it) => runs && it.severity === "error"),
  ];
  return {
    raises,
    foretold: found.length > 0,
    blamed: found.some((it) => mistake.changed.has(lineOf(it))),
    mended: after !== undefined && isMended(after.tensorflow, repaired.tensorflow),
    alarms: alarms.map((it) => `${it.code}: ${it.message}`),
    told: analysis.diagnostics.map((it) => `${lineOf(it)} ${it.severity} ${it.code}: ${it.message}`),
  };
}

/** Shapes of X, y and outputs, and the loss, are the reference's in each call that trains or predicts. */
function isMended(run: Run, reference: Run): boolean {
  const text = (it: Run) =>
    JSON.stringify(it.training.map(({ call, x, y, outputs, loss }) => [call, x, y, outputs, loss]));
  return run.raised === null && run.failed === undefined && text(run) === text(reference);
}

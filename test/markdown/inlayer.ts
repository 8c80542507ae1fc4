import { type Hint, LineIndex, printShape, type Span } from "../../core/index.ts";
import { openCore, projectOf } from "../core/open.ts";

/** What the executable Markdown needs of Inlayer: lines and columns from 1, columns in UTF-16 units, ends exclusive. */

export interface Place {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export interface HintSeen extends Place {
  /** One entry per distinct result, in order of first sight; several tensors joined by ", ". */
  readonly shapes: readonly string[];
  /** Parallel to `shapes`. */
  readonly dtypes: readonly string[];
  readonly params: number | null;
}

export interface DiagnosticSeen extends Place {
  readonly code: string;
  readonly severity: "error" | "warning" | "information" | "hint";
  readonly message: string;
}

export interface InlayerAnswer {
  readonly hints: readonly HintSeen[];
  readonly diagnostics: readonly DiagnosticSeen[];
}

export type Analyse = (text: string) => InlayerAnswer;

/** Inlayer's own answer, as the JSON of the command line has it. */
export async function openInlayer(): Promise<Analyse> {
  const core = await openCore();
  return (text) => {
    const { analysis } = core.analyse(projectOf(text));
    const lines = new LineIndex(text);
    const placeOf = ({ start, end }: Span): Place => {
      const [from, to] = [lines.positionAt(start), lines.positionAt(end)];
      return { line: from.line, column: from.column, endLine: to.line, endColumn: to.column };
    };
    return {
      hints: analysis.hints.map((hint) => ({ ...placeOf(hint.span), ...seen(hint) })),
      diagnostics: analysis.diagnostics.map(({ code, severity, message, span }) => ({
        code,
        severity,
        message,
        ...placeOf(span),
      })),
    };
  };
}

function seen({ contexts }: Hint): Pick<HintSeen, "shapes" | "dtypes" | "params"> {
  const results = new Map<string, string>();
  for (const { outputs } of contexts) {
    const all = "shape" in outputs ? [outputs] : outputs;
    results.set(all.map((it) => printShape(it.shape)).join(", "), all.map((it) => it.dtype ?? "?").join(", "));
  }
  const params = new Set(contexts.map((it) => it.params ?? null));
  const [only] = params;
  return {
    shapes: [...results.keys()],
    dtypes: [...results.values()],
    params: params.size === 1 ? (only ?? null) : null,
  };
}

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

/** Undefined until the door is connected: the comparison with Inlayer's own answer then does not take place. */
export const openInlayer: (() => Promise<Analyse>) | undefined = undefined;

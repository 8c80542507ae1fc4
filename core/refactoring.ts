import type { Analysis } from "./analysis.ts";
import type { Card } from "./card.ts";
import type { Module } from "./python/syntax.ts";
import type { Span } from "./text/span.ts";

/** Another way to write a model, which leaves it as it is. */
export interface Refactoring {
  readonly title: string;
  /** What it does, below `refactor.`: `rewrite.functional`. */
  readonly kind: string;
  /** Of the text that was analysed. */
  readonly edits: readonly { readonly span: Span; readonly newText: string }[];
}

/** What a proposal is made of: the text as it stands, what was found in it, and where the person points. */
export interface RefactoringSite {
  readonly path: string;
  readonly text: string;
  readonly module: Module;
  readonly analysis: Analysis;
  readonly span: Span;
  card(offset: number): Card | undefined;
}

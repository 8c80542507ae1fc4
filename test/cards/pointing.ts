import assert from "node:assert/strict";
import { type Analysis, type Card, type Core, printShape } from "../../core/index.ts";
import { analyse, openCore } from "../core/open.ts";

/** A text with a `¦` in front of what is pointed at, and what core has to say there. */
export interface Pointed {
  readonly text: string;
  readonly core: Core;
  readonly analysis: Analysis;
  readonly card: Card | undefined;
}

const HEAD = "import keras\nfrom keras import layers, ops\nimport numpy as np\n";

const shared = openCore();

export async function pointAt(marked: string): Promise<Pointed> {
  const text = HEAD + marked.replace("¦", "");
  const offset = (HEAD + marked).indexOf("¦");
  assert.ok(offset >= 0, "the text has no ¦");
  const core = await shared;
  const analysis = analyse(core, text);
  return { text, core, analysis, card: core.card("main.py", offset) };
}

export async function cardAt(marked: string): Promise<Card> {
  const { card } = await pointAt(marked);
  assert.ok(card !== undefined, `no card in ${marked}`);
  return card;
}

type Facts = Card["contexts"][number]["inputs"][number];
/** `(None, 10) float32`, joined by `, `. */
export function told(tensors: Facts | readonly Facts[] | undefined): string | undefined {
  if (tensors === undefined) return undefined;
  const all = "shape" in tensors ? [tensors] : tensors;
  return all.map(({ shape, dtype }) => `${printShape(shape)} ${dtype}`).join(", ");
}

import type { Block } from "./parse.ts";

const PRELUDE = "import keras\nfrom keras import layers, ops\nimport numpy as np\nimport tensorflow as tf\n";
const IMPORTS = /^\s*(import|from)\s+(keras|tensorflow|tf_keras)\b/m;

/** The program of a block: with the common imports in front, unless it imports Keras or TensorFlow itself. */
export interface Program {
  readonly text: string;
  /** How many lines stand in front of the block's first. */
  readonly offset: number;
}

export function programOf(block: Block): Program {
  if (IMPORTS.test(block.text)) return { text: block.text, offset: 0 };
  return { text: PRELUDE + block.text, offset: PRELUDE.split("\n").length - 1 };
}

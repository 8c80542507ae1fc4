import type { LayerDeclaration } from "../define.ts";

/** Layers of several tensors, recurrent layers, attention, wrappers and preprocessing. */
export const CATALOGUE_B: readonly LayerDeclaration[] = [];

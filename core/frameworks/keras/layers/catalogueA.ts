import type { LayerDeclaration } from "../define.ts";
import { Dense } from "./dense.ts";

/** Layers of one tensor: dense, convolutions, pooling, normalisation, regularisation, activations, reshaping, embedding. */
export const CATALOGUE_A: readonly LayerDeclaration[] = [Dense];

import { CustomScaleLayer, LayerScale } from "../applications/layers.ts";
import type { LayerDeclaration } from "../define.ts";
import { CATALOGUE_A } from "./catalogueA.ts";
import { CATALOGUE_B } from "./catalogueB.ts";

/**
 * Every declared layer by the last word of its canonical name: `MaxPooling2D`, not its alias `MaxPool2D`; and those
 * that `keras.applications` has for itself.
 */
export const LAYERS: ReadonlyMap<string, LayerDeclaration> = new Map(
  [...CATALOGUE_A, ...CATALOGUE_B, LayerScale, CustomScaleLayer].map((it) => [it.name, it]),
);

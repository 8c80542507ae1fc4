import { unknown } from "../../../../tensor/dim.ts";
import { type Given, raw, type Weights } from "../../define.ts";

/** Of a layer that can be built with a low-rank adaptation. */
export const lora = { lora_rank: raw() };
/** The weights without one; with one there are more, and the kernel is frozen. */
export const unadapted = (a: { readonly lora_rank: Given }, weights: Weights): Weights =>
  a.lora_rank === null ? weights : unknown("lora_rank adds weights that are not told here");

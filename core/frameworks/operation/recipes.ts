import type { Recipe } from "../../interpreter/trace.ts";
import type { TensorValue } from "../../interpreter/values.ts";

/** How tensors outside a model's graph were made: a forward run that meets one makes its numbers again. */
const RECIPES = new WeakMap<TensorValue, Made>();
export interface Made {
  readonly recipe: Recipe;
  /** Which of the function's results it is. */
  readonly index: number;
}

export function remember(results: readonly TensorValue[], recipe: Recipe): void {
  for (const [index, it] of results.entries()) RECIPES.set(it, { recipe, index });
}
export const recall = (tensor: TensorValue): Made | undefined => RECIPES.get(tensor);

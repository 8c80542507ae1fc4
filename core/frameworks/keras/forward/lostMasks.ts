import { masked, refuse, type Tensor } from "../../../lowering/builder.ts";

/**
 * In Keras 3 some layers take the masks off what they are given. A graph remembers those that were there when it was
 * built, so a mask that is lost is kept and marked.
 */

const lose = (it: Tensor): Tensor => (it.mask === undefined ? it : masked(it, { ...it.mask, lost: true }));
const isLost = ({ mask }: Tensor): boolean => mask?.lost === true;

/** Whoever reads these tensors later sees no mask on them, under whatever names the program has them. */
export function unmask(tensors: Map<number, Tensor>, taken: readonly Tensor[]): void {
  const names = new Set(taken.flatMap(({ name, mask }) => (mask === undefined ? [] : [name])));
  if (names.size === 0) return;
  for (const [id, it] of tensors) if (names.has(it.name)) tensors.set(id, lose(it));
}

/** Where a layer is called. */
export interface MaskSite {
  /** In a model or a wrapper that stands in another one. */
  readonly isNested: boolean;
  /** In the graph of the model that is run. */
  readonly isGraph: boolean;
  readonly isOfSeveral: boolean;
}
/**
 * A graph gives a layer of one input the mask that was there when the graph was built; a layer of several inputs, and
 * whatever a `call` of the program's runs, sees what is there now.
 */
export function masksSeen(inputs: readonly Tensor[], { isNested, isGraph, isOfSeveral }: MaskSite): readonly Tensor[] {
  if (!inputs.some(isLost)) return inputs;
  if (isNested)
    return refuse("a MultiHeadAttention took the mask off its input, and it stands in a model or wrapper of its own");
  return isGraph && !isOfSeveral ? inputs : inputs.map((it) => (isLost(it) ? masked(it, undefined) : it));
}

/** What is made of something whose mask is lost has one for the graph alone, too. */
export function masksGiven(
  made: readonly Tensor[],
  inputs: readonly Tensor[],
  seen: readonly Tensor[],
): readonly Tensor[] {
  if (!inputs.some(isLost)) return made;
  return made.map((it, i) =>
    lose(it.mask === undefined && i === 0 && seen !== inputs ? masked(it, inputs[0]?.mask) : it),
  );
}

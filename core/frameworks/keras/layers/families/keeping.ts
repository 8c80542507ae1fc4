/** Layers that leave the shape as it is and have no weights. */
import { type Builder, masked, type Tensor } from "../../../../lowering/builder.ts";
import type { DType } from "../../../../tensor/dtype.ts";
import type { Shape } from "../../../../tensor/shape.ts";
import {
  type ArgSpecs,
  type LayerDeclaration,
  type LoweringSite,
  layer,
  type Surroundings,
  type Values,
  type Violation,
} from "../../define.ts";
import { autocast } from "./autocast.ts";
import type { Words } from "./convolution.ts";

interface Keeping<A extends ArgSpecs> extends Words {
  readonly args: A;
  readonly input?: { readonly rank: number };
  requires?(a: Values<A>, x: Shape, at: Surroundings): readonly Violation[];
  dtype?(a: Values<A>, at: Surroundings): DType | undefined;
  /** What it makes of the elements; the mask goes on. */
  lower?(g: Builder, a: Values<A>, x: Tensor): Tensor;
}
export const keeping = <A extends ArgSpecs>(name: string, { lower, ...spec }: Keeping<A>): LayerDeclaration =>
  layer<A>(name, {
    dtype: (_, at) => autocast(at),
    ...spec,
    output: (_, x) => x,
    ...(lower && { lower: (g, a, x, _, at: LoweringSite) => masked(lower(g, a, x), at.masks[0]) }),
  });

/** What it does it does in training alone. Else Keras hands out the very tensor: who takes its mask off takes both. */
export const unchanged = (_g: Builder, _: unknown, x: Tensor): Tensor => x;

/** Layers that leave the shape as it is and have no weights. */
import type { DType } from "../../../../tensor/dtype.ts";
import { type ArgSpecs, type LayerDeclaration, layer, type Surroundings, type Values } from "../../define.ts";
import { autocast } from "./autocast.ts";
import type { Words } from "./convolution.ts";

interface Keeping<A extends ArgSpecs> extends Words {
  readonly args: A;
  readonly input?: { readonly rank: number };
  dtype?(a: Values<A>, at: Surroundings): DType | undefined;
}
export const keeping = <A extends ArgSpecs>(name: string, spec: Keeping<A>): LayerDeclaration =>
  layer(name, { dtype: (_, at) => autocast(at), ...spec, output: (_, x) => x });

import type { LayerDeclaration } from "../define.ts";
import { Add } from "./add.ts";
import { Average } from "./average.ts";
import { Concatenate } from "./concatenate.ts";
import { Dot } from "./dot.ts";
import { Maximum } from "./maximum.ts";
import { Minimum } from "./minimum.ts";
import { Multiply } from "./multiply.ts";
import { Subtract } from "./subtract.ts";

/** Layers of several tensors, recurrent layers, attention, wrappers and preprocessing. */
export const CATALOGUE_B: readonly LayerDeclaration[] = [
  Add,
  Average,
  Concatenate,
  Dot,
  Maximum,
  Minimum,
  Multiply,
  Subtract,
];

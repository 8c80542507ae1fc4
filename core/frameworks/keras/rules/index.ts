import type { Machine } from "../../../interpreter/machine.ts";
import type { Instance, TensorValue } from "../../../interpreter/values.ts";
import { recordOf } from "../runtime/records.ts";
import { denseOnSequence } from "./denseOnSequence.ts";
import { embeddingRows } from "./embeddingRows.ts";
import { flattenExplosion } from "./flattenExplosion.ts";
import { givenWeights } from "./givenWeights.ts";
import { hugeWeights } from "./memory.ts";
import { redundantTimeDistributed } from "./redundantTimeDistributed.ts";

/** What is said of one call of a layer that Keras has, once its outputs are known. One function a rule. */
const RULES = [denseOnSequence, embeddingRows, givenWeights, redundantTimeDistributed, flattenExplosion, hugeWeights];

export function afterLayerCall(m: Machine, self: Instance, [input]: readonly TensorValue[]): void {
  const record = recordOf(m, self);
  if (record === undefined || input === undefined || m.quiet > 0) return;
  for (const rule of RULES) rule(m, { self, record, input });
}

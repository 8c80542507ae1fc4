import {
  byteSize,
  type CardContext,
  hasRank,
  type LayerReport,
  type ModelReport,
  type Outputs,
} from "../../core/index.ts";

/** What a model takes at a batch size, in bytes. */
export interface Memory {
  readonly batch: number;
  readonly weights: number;
  /** The weights, and what every layer gives. Undefined where the size of one is not known. */
  readonly forward: number | undefined;
  /** The same with a gradient and Adam's two moments for each weight that is trained. */
  readonly training: number | undefined;
}

/** Of each trained weight: its gradient, and the moments that Adam keeps. */
const TRAINED = 1 + 2;

/** Of a tensor whose batch may have any size the batch is `batch`. */
export function bytesAt(outputs: Outputs | undefined, batch: number): number | undefined {
  if (outputs === undefined) return undefined;
  let sum = 0;
  for (const { shape, dtype } of "shape" in outputs ? [outputs] : outputs) {
    const each = dtype === undefined ? undefined : byteSize(dtype);
    if (!hasRank(shape) || each === undefined) return undefined;
    let count = 1;
    for (const [axis, dim] of shape.dims.entries()) {
      const size = typeof dim === "number" ? dim : axis === 0 ? batch : undefined;
      if (size === undefined) return undefined;
      count *= size;
    }
    sum += count * each;
  }
  return sum;
}

/** Of a model inside a model its layers count, since what it gives is what the last of them gives. */
function activations(layers: readonly LayerReport[], batch: number): number | undefined {
  let sum = 0;
  for (const { nested, output } of layers) {
    const bytes = nested.length > 0 ? activations(nested, batch) : bytesAt(output, batch);
    if (bytes === undefined) return undefined;
    sum += bytes;
  }
  return sum;
}

/** Undefined where the weights are not known. */
export function memoryOf(model: ModelReport, batch: number): Memory | undefined {
  const { trainable, nonTrainable, layers } = model;
  if (trainable === undefined || nonTrainable === undefined) return undefined;
  const trained = model.trainableBytes ?? 4 * trainable;
  const weights = trained + (model.nonTrainableBytes ?? 4 * nonTrainable);
  const given = activations(layers, batch);
  const forward = given === undefined ? undefined : weights + given;
  return { batch, weights, forward, training: forward === undefined ? undefined : forward + TRAINED * trained };
}

/** The same of one call of a layer; undefined where it has no weights and gives nothing that is known. */
export function memoryOfCall(context: CardContext, batch: number): Memory | undefined {
  const { outputs, params, trainable = params, weightBytes: weights } = context;
  const given = bytesAt(outputs, batch);
  if (weights === undefined || given === undefined || !params || trainable === undefined) return undefined;
  const forward = weights + given;
  return { batch, weights, forward, training: forward + TRAINED * Math.round((weights * trainable) / params) };
}

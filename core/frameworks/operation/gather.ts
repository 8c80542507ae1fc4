import { type Conflict, conflict, withRank } from "../../tensor/conflict.ts";
import { minus, printDim, provablyDifferent, provablyLess } from "../../tensor/dim.ts";
import { type AnyShape, normaliseAxis, printShape, type Shape } from "../../tensor/shape.ts";
import type { ShapeRule } from "../operation.ts";

/** `tf.gather` and `tf.gather_nd`: parts of a tensor, chosen by tensors of indices. */

/**
 * params.shape[:axis] + indices.shape[batch_dims:] + params.shape[axis + 1:]. Source: the documentation of
 * `tf.gather`. The axis is `batch_dims` unless it is said.
 */
export const gathered =
  (params: string, indices: string): ShapeRule =>
  (a) => {
    const batch = a.integer("batch_dims");
    const axis = a.has("axis") ? a.integer("axis") : batch;
    return withRank(a.shape(params), (it): AnyShape | Conflict => {
      const index = normaliseAxis(axis, it.rank);
      if (index === undefined) return conflict("axis-in-range", `axis ${axis} of ${printShape(it)}`);
      if (batch < 0 && axis !== batch) return a.doubts("an axis before those of the batch");
      const past = a.operand(indices).values?.find((at) => at < 0 || provablyLess(minus(it.at(index), 1), at));
      if (past !== undefined) return conflict("index-in-range", `${past} of ${printDim(it.at(index))} elements`);
      return withRank(a.shape(indices), (chosen): AnyShape | Conflict => {
        const skipped = batch < 0 ? batch + chosen.rank : batch;
        if (it.dims.slice(0, Math.max(0, skipped)).some((dim, i) => provablyDifferent(dim, chosen.at(i))))
          return conflict("batch-axes-broadcast", `${printShape(it)} and indices of ${printShape(chosen)}`);
        return it
          .slice(0, index)
          .concat(chosen.slice(skipped))
          .concat(it.slice(index + 1));
      });
    });
  };

/** indices.shape[:-1] + params.shape[indices.shape[-1]:], behind the batch axes. */
export const gatheredNd =
  (params: string, indices: string): ShapeRule =>
  (a) => {
    const batch = a.integer("batch_dims");
    return withRank(a.shape(params), (it) =>
      withRank(a.shape(indices), (chosen: Shape): AnyShape | Conflict => {
        const depth = chosen.last;
        if (typeof depth !== "number") a.doubts("how many axes an index has is not known");
        const taken = batch + (typeof depth === "number" ? depth : 0);
        if (taken > it.rank) return conflict("an-axis-per-index", `${taken} indices for ${printShape(it)}`);
        const odd = it.dims.slice(0, Math.max(0, batch)).some((dim, i) => provablyDifferent(dim, chosen.at(i)));
        if (odd) return conflict("batch-axes-broadcast", `${printShape(it)} and indices of ${printShape(chosen)}`);
        return chosen.slice(0, -1).concat(it.slice(taken));
      }),
    );
  };

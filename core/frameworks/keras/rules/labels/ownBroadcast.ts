import type { Machine } from "../../../../interpreter/machine.ts";
import type { TensorValue } from "../../../../interpreter/values.ts";
import { type Dim, isUnknown, NONE, provablyEqual } from "../../../../tensor/dim.ts";
import { printShape } from "../../../../tensor/shape.ts";
import { isRanked, type Ranked } from "../../../operation/ranked.ts";
import type { Made } from "../../runtime/graph.ts";

/** Operations of which each element should have meant one sample. */
const PAIRED = new Set(["-", "==", "Subtract", "SquaredDifference", "Equal"]);

/**
 * `silent-broadcast` in a training of the program's own: targets, (n,), beside what a layer or a model yields, (n, 1).
 * Each prediction meets the targets of all samples, and nothing raises. What a program means by it, pairs of all
 * samples, is not made of a model's very output.
 */
export function ownBroadcast(m: Machine, type: string, inputs: readonly TensorValue[]): void {
  const [a, b] = inputs;
  if (!PAIRED.has(type) || inputs.length !== 2 || !isRanked(a) || !isRanked(b) || a.assumed || b.assumed) return;
  const [flat, column] = a.shape.rank < b.shape.rank ? [a, b] : [b, a];
  if (flat.shape.rank !== 1 || column.shape.rank !== 2 || column.shape.last !== 1) return;
  if (!isOneBatch(flat, column) || m.slot<Partial<Made>>(column.id)?.layer === undefined) return;
  const index = flat === a ? 0 : 1;
  const [one, many] = [printShape(flat.shape), printShape(column.shape)];
  m.report({
    code: "silent-broadcast",
    severity: "warning",
    place: m.here,
    message: `${one} beside ${many}, which a model yields: each prediction meets the values of all samples`,
    related: [],
    repairs: [
      {
        title: "A last axis of 1: [:, None]",
        preferred: true,
        edits: [{ place: m.here, text: `${index} [:, None]`, form: "operand behind" }],
      },
    ],
  });
}

/** As many samples in both, and not one alone. */
const isOneBatch = ({ shape: { batch: a } }: Ranked, { shape: { batch: b } }: Ranked): boolean =>
  isOpen(a) ? isOpen(b) : a !== 1 && provablyEqual(a, b);
const isOpen = (dim: Dim): boolean => dim === NONE || isUnknown(dim);

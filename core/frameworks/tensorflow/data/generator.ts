import { callValue } from "../../../interpreter/calls.ts";
import { Raised } from "../../../interpreter/exits.ts";
import type { Machine } from "../../../interpreter/machine.ts";
import { positional, type Value } from "../../../interpreter/values.ts";
import { NONE, provablyDifferent } from "../../../tensor/dim.ts";
import { type AnyShape, hasRank } from "../../../tensor/shape.ts";
import type { Call } from "../../operation/call.ts";
import type { Step } from "../../operation/history.ts";
import { tensor } from "../../operation.ts";
import { EAGER } from "../eagerTensor.ts";
import { elementSpec } from "./dataset.ts";
import { type Spec, type TensorSpec, UNLIKE } from "./spec.ts";

/**
 * What a data set of a generator is said to hold, beside what the generator yields first. TensorFlow compares them when
 * the data set is read; until then a part that is said wrong only remembers it, as the step that made it.
 */
export function asYielded(c: Call, said: Spec): Spec {
  const element = c.has("args") ? undefined : firstOf(c.m, c.value("generator"));
  const parameter = c.has("output_signature") ? "output_signature" : "output_shapes";
  return element === undefined ? said : compared(c, said, element, parameter);
}

function compared(c: Call, said: Spec, found: Spec, parameter: string): Spec {
  if (said.kind === "tuple" && found.kind === "tuple" && said.items.length === found.items.length) {
    const items = said.items.map((it, i) => compared(c, it, found.items[i] ?? it, parameter));
    return { kind: "tuple", items };
  }
  if (said.kind !== "tensor" || found.kind !== "tensor" || !isUnlike(said.shape, found.shape)) return said;
  const made = ({ shape, dtype }: TensorSpec) => tensor(c.m, EAGER, shape, dtype, {});
  const place = c.place(parameter) ?? c.m.here;
  const step: Step = { type: UNLIKE, inputs: [made(found), made(said)], args: undefined, place };
  return { ...said, step };
}

/** TensorFlow's `is_compatible_with`: a size that is said to be any may be any. */
const isUnlike = (said: AnyShape, found: AnyShape): boolean =>
  hasRank(said) &&
  hasRank(found) &&
  (said.rank !== found.rank || said.dims.some((dim, i) => dim !== NONE && provablyDifferent(dim, found.at(i))));

/** The generator's first element. TensorFlow runs it later: nothing of the run stays. */
function firstOf(m: Machine, generator: Value): Spec | undefined {
  if (generator.kind !== "function") return undefined;
  const { state, note } = m;
  try {
    return m.apart(
      () => {
        const made = callValue(m, generator, positional());
        const entry = made.kind === "iterator" ? m.read(made.id) : undefined;
        if (entry?.kind !== "iteratorObject") return undefined;
        const element = entry.items[0] ?? entry.rest?.element;
        const then = entry.trail?.states[1] ?? entry.trail?.end;
        return element === undefined || then === undefined ? undefined : m.at(then, () => elementSpec(m, element));
      },
      (outer, own) => {
        own.backTo([0, own.mark[1]]);
        outer.observe(own);
      },
    );
  } catch (thrown) {
    if (!(thrown instanceof Raised)) throw thrown;
    return undefined;
  } finally {
    Object.assign(m, { state, note });
  }
}

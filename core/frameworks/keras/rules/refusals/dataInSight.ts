import type { Machine } from "../../../../interpreter/machine.ts";
import { variablesIn } from "../../../../interpreter/names.ts";
import type { Scope } from "../../../../interpreter/scope.ts";
import { ARRAY } from "../../../numpy/array.ts";
import { isRanked, type Ranked } from "../../../operation/ranked.ts";
import { EAGER } from "../../runtime/tensors.ts";

/** The arrays that variables hold where a layer is called: what a model is built for is often there already. */
export function dataInSight(m: Machine): readonly Ranked[] {
  const found = new Map<number, Ranked>();
  for (let scope: Scope | undefined = m.scope; scope !== undefined; scope = scope.parent)
    for (const [, value] of variablesIn(m, scope))
      if (value.kind === "tensor" && (value.family === ARRAY || value.family === EAGER) && isRanked(value))
        if (!value.assumed && value.shape.rank > 1) found.set(value.id, value);
  return [...found.values()];
}

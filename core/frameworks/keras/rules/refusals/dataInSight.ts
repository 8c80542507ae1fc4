import type { Machine } from "../../../../interpreter/machine.ts";
import { variablesIn } from "../../../../interpreter/names.ts";
import type { PlacedEdit, Repair } from "../../../../interpreter/record.ts";
import type { Scope } from "../../../../interpreter/scope.ts";
import { type Place, samePlace } from "../../../../interpreter/values.ts";
import type { Shape } from "../../../../tensor/shape.ts";
import { ARRAY } from "../../../numpy/array.ts";
import { stepsBack } from "../../../operation/history.ts";
import { isRanked, type Ranked } from "../../../operation/ranked.ts";
import { EAGER } from "../../runtime/tensors.ts";
import { sameSample } from "../data/steps.ts";

/** The arrays that variables hold where a layer is called: what a model is built for is often there already. */
export function dataInSight(m: Machine): readonly Ranked[] {
  const found = new Map<number, Ranked>();
  for (let scope: Scope | undefined = m.scope; scope !== undefined; scope = scope.parent)
    for (const [, value] of variablesIn(m, scope))
      if (value.kind === "tensor" && (value.family === ARRAY || value.family === EAGER) && isRanked(value))
        if (!value.assumed && value.shape.rank > 1) found.set(value.id, value);
  return [...found.values()];
}

/** `text` behind what made the data in sight that have such samples: the first of what is made of one another. */
export function behindData(m: Machine, said: Shape, text: string): readonly PlacedEdit[] {
  const alike = dataInSight(m).filter(({ shape }) => sameSample(shape, said));
  const ids = new Set(alike.map(({ id }) => id));
  const places: Place[] = [];
  for (const it of alike) {
    const isMade = [...stepsBack(m, it)].some(({ inputs }) => inputs.some(({ id }) => ids.has(id)));
    const { origin } = it;
    if (!isMade && origin !== undefined && !places.some((other) => samePlace(other, origin))) places.push(origin);
  }
  return places.map((place) => ({ place, text, form: "behind" }));
}

/** Repairs of what is said of a sample that change the data as well. */
export const andOfData = (repairs: readonly Repair[], data: readonly PlacedEdit[]): readonly Repair[] =>
  data.length === 0
    ? []
    : repairs.map((it) => ({ ...it, title: `${it.title}, and ${data[0]?.text}`, edits: [...it.edits, ...data] }));

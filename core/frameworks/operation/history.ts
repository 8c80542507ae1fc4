import type { Machine } from "../../interpreter/machine.ts";
import type { Recipe } from "../../interpreter/trace.ts";
import type { Args, Place, TensorValue, Value } from "../../interpreter/values.ts";

/** What made an array: kept under its id, so that a cause can be looked for among the steps that led to it. */
export interface Step {
  /** `Reshape`, `GetItem`, `Mean`. */
  readonly type: string;
  readonly inputs: readonly TensorValue[];
  readonly args: Args | undefined;
  readonly place: Place;
  /** Of a table, or a column of one: whose, and which columns. */
  readonly of?: { readonly table: number; readonly columns: readonly Value[] } | undefined;
}

export function remember(
  m: Machine,
  type: string,
  inputs: readonly TensorValue[],
  outputs: readonly TensorValue[],
  recipe?: Pick<Recipe, "args">,
): void {
  const step: Step = { type, inputs, args: recipe?.args, place: m.here };
  for (const { id } of outputs) m.setSlot(id, step);
}

/** An array of columns of a table, all of them or one. */
export function rememberColumns(m: Machine, { id }: TensorValue, of: NonNullable<Step["of"]>): void {
  m.setSlot(id, { type: "Columns", inputs: [], args: undefined, place: m.here, of } satisfies Step);
}

/** Undefined for what no operation made, or what came out of a join. */
export function stepOf(m: Machine, { id }: TensorValue): Step | undefined {
  const step = id > 0 ? m.slot<Partial<Step>>(id) : undefined;
  return step?.type === undefined || step.inputs === undefined ? undefined : (step as Step);
}

/** How far back a cause is looked for. */
const FAR = 6;
/** The steps that led to an array, the last one first, each by what it was made of first. */
export function* stepsBack(m: Machine, tensor: TensorValue): Generator<Step> {
  let at: TensorValue | undefined = tensor;
  for (let i = 0; at !== undefined && i < FAR; i++) {
    const step = stepOf(m, at);
    if (step === undefined) return;
    yield step;
    [at] = step.inputs;
  }
}

import { type Analysis, type ModelReport, printShape, type Span } from "../../core/index.ts";

/** A model of a file, with the number by which commands name it. */
export interface Model {
  readonly index: number;
  readonly name: string;
  readonly span: Span;
  readonly params: number | undefined;
  readonly inputs: readonly string[] | undefined;
  readonly outputs: readonly string[] | undefined;
}

export const modelsOf = ({ models }: Analysis): readonly Model[] =>
  models.map(({ name, span, params, inputs, outputs }, index) => ({
    index,
    name,
    span,
    params,
    inputs: inputs?.map(printShape),
    outputs: outputs?.map(printShape),
  }));

/** Keras counts 0 as long as nothing is built, which says nothing of the model. */
export const isBuilt = ({ inputs, params }: Pick<ModelReport, "inputs" | "params">): boolean =>
  inputs !== undefined || (params ?? 0) > 0;

/** A model by its number; after an edit it may have another, and is told by its name. Undefined where none has it. */
export const indexOf = ({ models }: Analysis, index: number, name: string | undefined): number | undefined => {
  if (name === undefined || models[index]?.name === name) return index;
  const named = models.findIndex((it) => it.name === name);
  return named < 0 ? undefined : named;
};

/** The model with this number; without one the first, which is often the only one. */
export const modelAt = ({ models }: Analysis, index: unknown): ModelReport | undefined =>
  models[typeof index === "number" ? index : 0];

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

/** The model with this number; without one the first, which is often the only one. */
export const modelAt = ({ models }: Analysis, index: unknown): ModelReport | undefined =>
  models[typeof index === "number" ? index : 0];

import { itemsOf } from "../../../../interpreter/containers.ts";
import type { Machine } from "../../../../interpreter/machine.ts";
import type { Step } from "../../../../interpreter/trace.ts";
import { numberOf, type TensorValue, type Value } from "../../../../interpreter/values.ts";
import { type Attributes, type Builder, outputSizes, refuse, type Tensor } from "../../../../lowering/builder.ts";
import { type ElementType, elements, elementType } from "../../../../lowering/graph.ts";
import type { DType } from "../../../../tensor/dtype.ts";
import { hasRank } from "../../../../tensor/shape.ts";
import { operandOf } from "../../../operation/operand.ts";

export type OperationStep = Extract<Step, { kind: "operation" }>;
export type Find = (value: TensorValue) => Tensor;

/** What an operation becomes: a tensor for each of its results. */
export type Rule = (g: Builder, a: Arguments) => Tensor | readonly Tensor[];
export type Rules = Readonly<Record<string, Rule>>;

/** What libraries call the first argument of a function of one tensor. */
const FIRST = ["x", "a", "input", "tensor", "value"];

const GIVEN = [...FIRST, "object", "m", "arr"];

/** The arguments of one operation, by any of the names that libraries give them. */
export class Arguments {
  private readonly step: OperationStep;
  readonly find: Find;
  private readonly g: Builder;
  private readonly m: Machine;
  constructor(m: Machine, g: Builder, step: OperationStep, find: Find) {
    this.m = m;
    this.g = g;
    this.step = step;
    this.find = find;
  }

  /** As the library names the operation. */
  get name(): string {
    return this.step.name;
  }
  value(...names: readonly string[]): Value | undefined {
    for (const name of names) {
      const value = this.step.argument(name);
      if (value !== undefined) return value;
    }
    return undefined;
  }
  /** It is there and is not `None`. */
  has(...names: readonly string[]): boolean {
    return (this.value(...names)?.kind ?? "none") !== "none";
  }

  // ---- tensors
  // -------------------------------------------------------------------------------------------------------

  /** The only tensor, or the first; where there is none, the number that stands in its place. */
  get x(): Tensor {
    const [first] = this.step.inputs;
    const given = this.value(...GIVEN);
    if (given?.kind === "list" || given?.kind === "tuple") return this.of(given);
    if (first !== undefined) return this.find(first);
    if (!this.has(...FIRST)) return refuse(`what ${this.step.name} is called on is not known`);
    return this.tensor(...FIRST);
  }
  /** The same as floats. */
  get floats(): Tensor {
    return this.g.float(this.x);
  }
  get all(): readonly Tensor[] {
    return this.step.inputs.map(this.find);
  }
  /** A tensor, or a plain number. */
  operand(...names: readonly string[]): Tensor | number {
    const value = this.value(...names);
    return numberOf(value) ?? this.tensor(...names);
  }
  /** A tensor; numbers and lists of them become one. */
  tensor(...names: readonly string[]): Tensor {
    const value = this.value(...names);
    return value === undefined ? refuse(`an operand of ${this.step.name} is not known`) : this.of(value);
  }
  optional(...names: readonly string[]): Tensor | undefined {
    return this.has(...names) ? this.tensor(...names) : undefined;
  }
  /** The tensors of a list. */
  list(...names: readonly string[]): readonly Tensor[] {
    const value = names
      .map((name) => this.step.argument(name))
      .find((it) => it?.kind === "list" || it?.kind === "tuple");
    const items = value && itemsOf(this.m, value);
    return items?.map((it) => this.of(it)) ?? this.all;
  }
  of(value: Value): Tensor {
    if (value.kind === "tensor") return this.find(value);
    const items = value.kind === "list" || value.kind === "tuple" ? itemsOf(this.m, value) : undefined;
    if (items?.some((it) => holdsTensor(this.m, it))) return this.stacked(items.map((it) => this.of(it)));
    const { values, shape } = operandOf(this.m, value);
    if (values === undefined || !hasRank(shape)) return refuse(`an operand of ${this.step.name} is not known`);
    const dtype = values.every(Number.isSafeInteger) ? "int32" : "float32";
    return this.g.constant(values, dtype, shape.dims.map(Number));
  }

  /** A list of tensors, where one is wanted. */
  private stacked(items: readonly Tensor[]): Tensor {
    const [first] = items;
    if (first === undefined || items.some((it) => `${it.shape}` !== `${first.shape}`))
      return refuse(`${this.step.name} of a list of tensors of several shapes is not lowered`);
    const dtype = items.find((it) => it.dtype === "float32")?.dtype ?? first.dtype;
    return this.g.concat(
      items.map((it) => this.g.expand(this.g.cast(it, dtype), 0)),
      0,
    );
  }

  // ---- what is known
  // -------------------------------------------------------------------------------------------------

  number(otherwise: number, ...names: readonly string[]): number {
    return this.has(...names) ? (this.numbers(...names)?.[0] ?? otherwise) : otherwise;
  }
  flag(...names: readonly string[]): boolean {
    const value = this.value(...names);
    if (value === undefined || value.kind === "none") return false;
    return value.kind === "bool" ? value.value : refuse(`its ${names[0]} is not known`);
  }
  text(otherwise: string, ...names: readonly string[]): string {
    if (!this.has(...names)) return otherwise;
    const value = this.value(...names);
    return value?.kind === "str" ? value.value : refuse(`its ${names[0]} is not known`);
  }
  /** Numbers in row-major order, of a number one; undefined for `None`. */
  numbers(...names: readonly string[]): readonly number[] | undefined {
    const value = this.value(...names);
    if (value === undefined || value.kind === "none") return undefined;
    return operandOf(this.m, value).values ?? refuse(`its ${names[0]} is not known`);
  }
  /** One axis or several, counted from 0; undefined for `None`, which is all of them. */
  axes(rank: number, ...names: readonly string[]): readonly number[] | undefined {
    return this.numbers(...names)?.map((axis) => counted(axis, rank));
  }
  /** Likewise; `None` is every axis. */
  along(x: Tensor, ...names: readonly string[]): readonly number[] {
    return this.axes(x.shape.length, ...names) ?? x.shape.map((_, i) => i);
  }
  axis(otherwise: number, rank: number, ...names: readonly string[]): number {
    return counted(this.number(otherwise, ...names), rank);
  }
  get channelsFirst(): boolean {
    const format = this.text("channels_last", "data_format");
    return format === "channels_first" || /^NC[DHW]*$/.test(format);
  }

  // ---- what it yields
  // ------------------------------------------------------------------------------------------------

  get count(): number {
    return this.step.outputs.length;
  }
  get output(): readonly number[] {
    return this.outputAt(0);
  }
  outputAt(i: number): readonly number[] {
    const shape = this.step.outputs[i]?.shape;
    return shape === undefined ? refuse(`what ${this.step.name} yields is not known`) : outputSizes(shape);
  }
  /** The element type of a result. */
  get element(): ElementType {
    return this.elementAt(0) ?? refuse(`the dtype that ${this.step.name} yields is not known`);
  }
  dtypeAt(i: number): DType | undefined {
    return this.step.outputs[i]?.dtype;
  }
  elementAt(i: number): ElementType | undefined {
    const dtype = this.dtypeAt(i);
    return dtype === undefined ? undefined : elementType(dtype);
  }
  /** Of a random tensor: the same numbers wherever this one is read. */
  random(from: string, otherwise: number, attribute: "scale" | "high", to: string): Attributes {
    const [a, b] = [this.number(otherwise, from), this.number(1, to)];
    return {
      [attribute === "scale" ? "mean" : "low"]: { float: a },
      [attribute]: { float: b },
      ...this.seeded,
      shape: this.output,
    };
  }
  get seeded(): Attributes {
    return { seed: { float: (this.step.outputs[0]?.id ?? 0) % 1e6 } };
  }
}

export const counted = (axis: number, rank: number): number => (axis < 0 ? axis + rank : axis);
/** A constant of its own for every element, by its place. */
export const table = (
  g: Builder,
  shape: readonly number[],
  value: (at: number) => number,
  dtype: ElementType,
): Tensor =>
  elements({ shape }) > MOST_WRITTEN
    ? refuse("a table of that many numbers is not lowered")
    : g.constant(
        Array.from({ length: elements({ shape }) }, (_, i) => value(i)),
        dtype,
        shape,
      );
const MOST_WRITTEN = 1 << 20;
/** Looked for in what is nested too. */
const holdsTensor = (m: Machine, value: Value): boolean =>
  value.kind === "tensor" ||
  ((value.kind === "list" || value.kind === "tuple") && (itemsOf(m, value)?.some((it) => holdsTensor(m, it)) ?? false));

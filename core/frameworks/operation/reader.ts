import { listOf } from "../../interpreter/containers.ts";
import { iterate } from "../../interpreter/iterate.ts";
import type { Machine } from "../../interpreter/machine.ts";
import { truth } from "../../interpreter/operators.ts";
import { usedAsSize, usedAsTensor } from "../../interpreter/reading.ts";
import { NONE_VALUE, numberOf, type Place, reasonOf, type Value } from "../../interpreter/values.ts";
import { type Conflict, conflict } from "../../tensor/conflict.ts";
import { type Dim, isUnknown, NONE, unknown as unknownDim } from "../../tensor/dim.ts";
import type { DType } from "../../tensor/dtype.ts";
import { type AnyShape, hasRank, type UnknownRank, unknownRank } from "../../tensor/shape.ts";
import { dtypeOf } from "./dtypes.ts";
import type { Library } from "./library.ts";
import { MOST_VALUES, type Operand, opaque, operandOf, sizesOf } from "./operand.ts";
import type { Binding } from "./signature.ts";

/** No operation met in practice joins more tensors; a bound on work. */
const MOST_OPERANDS = 4096;

/**
 * The arguments of one call, read as an operation's rule wants them. What cannot be read leaves a doubt: the rule
 * goes on with a stand-in, and its answer is then not used.
 */
export class Reader {
  readonly machine: Machine;
  readonly library: Library;
  /** The call works on symbolic tensors: Keras asks its own rules, and not those of the library that computes. */
  readonly symbolic: boolean;
  /** The first thing that is not known and on which the answer depends. */
  doubt: string | undefined;
  /** An argument that the library refuses whatever the shapes are. */
  broken: Conflict | undefined;
  private readonly binding: Binding;
  private readonly operandsRead = new Map<string, Operand>();

  constructor(machine: Machine, library: Library, binding: Binding, symbolic: boolean) {
    this.machine = machine;
    this.library = library;
    this.binding = binding;
    this.symbolic = symbolic;
  }

  /** The argument, or its default. */
  value(name: string): Value {
    return this.binding.arguments.get(name)?.value ?? NONE_VALUE;
  }
  place(name: string): Place | undefined {
    return this.binding.arguments.get(name)?.place;
  }
  /** It is there and is not `None`. */
  has(name: string): boolean {
    return this.value(name).kind !== "none";
  }
  /** Says that the answer is not known. */
  doubts(reason: string): UnknownRank {
    this.doubt ??= reason;
    this.parent?.doubts(reason);
    return unknownRank(reason);
  }
  private unread<T>(name: string, standIn: T, wanted: string): T {
    this.doubts(reasonOf(this.value(name)) ?? `${name} is not ${wanted} that is known`);
    return standIn;
  }

  /**
   * The same arguments, where a `*list` that was given one sequence, or `None`, means that: `x.reshape((2, 3))` is
   * `x.reshape(2, 3)`.
   */
  unspread(list: string): Reader {
    const value = this.value(list);
    if (value.kind !== "tuple" || value.items.length > 1) return this;
    const [only = NONE_VALUE] = value.items;
    const args = new Map(this.binding.arguments).set(list, { value: only, place: undefined, given: true });
    const reader = new Reader(this.machine, this.library, { ...this.binding, arguments: args }, this.symbolic);
    reader.parent = this;
    return reader;
  }
  private parent: Reader | undefined;

  // ---- tensors ------------------------------------------------------------------------------------------------------

  operand(name: string): Operand {
    const known = this.operandsRead.get(name);
    if (known !== undefined) return known;
    usedAsTensor(this.machine, this.value(name), true);
    const read = operandOf(this.machine, this.value(name));
    this.operandsRead.set(name, read);
    return read;
  }
  shape(name: string): AnyShape {
    return this.operand(name).shape;
  }
  /** The operand's own type. */
  dtype(name: string): DType | undefined {
    return this.library.concrete(this.operand(name).leaves);
  }
  /** A list of tensors, or one tensor that stands for its rows. */
  operands(name: string): readonly Operand[] {
    const value = this.value(name);
    if (value.kind === "tensor") return this.rows(name);
    if (value.kind !== "list" && value.kind !== "tuple") return this.unread(name, [], "a list of tensors");
    const { items, rest } = value.kind === "list" ? listOf(this.machine, value) : iterate(this.machine, value);
    for (const item of items) usedAsTensor(this.machine, item, true);
    const operands = items.map((item) => operandOf(this.machine, item));
    if (rest === undefined) return operands;
    const { count } = rest;
    if (typeof count !== "number" || count > MOST_OPERANDS) {
      this.doubts(rest.reason);
      return operands;
    }
    return [...operands, ...Array<Operand>(count).fill(operandOf(this.machine, rest.element))];
  }
  private rows(name: string): readonly Operand[] {
    const whole = this.operand(name);
    const length = hasRank(whole.shape) && whole.shape.rank > 0 ? whole.shape.at(0) : undefined;
    if (typeof length !== "number" || length > MOST_OPERANDS || !hasRank(whole.shape))
      return this.unread(name, [], "a list of tensors");
    const { leaves, shape } = whole;
    const row: Operand = { ...opaque(""), leaves, shape: shape.slice(1), tensor: whole.tensor };
    return Array<Operand>(length).fill(row);
  }

  // ---- sizes and axes -----------------------------------------------------------------------------------------------

  /** One whole number as a size; a rank-0 tensor's value counts too. */
  size(name: string): Dim {
    return this.sizeOf(this.value(name)) ?? this.unread(name, unknownDim("not a size"), "a whole number");
  }
  private sizeOf(value: Value): Dim | undefined {
    if (value.kind === "none") return NONE;
    if (value.kind === "float") return Number.isSafeInteger(value.value) ? value.value : undefined;
    if (value.kind === "unknown" && value.type !== undefined) return undefined;
    const operand = operandOf(this.machine, value);
    if (hasRank(operand.shape) && operand.shape.rank > 0) return undefined;
    const [size] = sizesOf(operand) ?? [];
    return size ?? unknownDim(reasonOf(value) ?? "its value is only known at run time");
  }
  /** A shape as a function takes it: a tuple or list of sizes, a 1-D tensor of them, or one size. */
  sizes(name: string): readonly Dim[] {
    const value = this.value(name);
    if (value.kind === "list" || value.kind === "tuple" || value.kind === "range") {
      const { items, rest } = value.kind === "list" ? listOf(this.machine, value) : iterate(this.machine, value);
      if (rest !== undefined) this.doubts(rest.reason);
      for (const item of items) usedAsSize(this.machine, item);
      return items.map((item) => this.sizeOf(item) ?? this.unread(name, unknownDim("not a size"), "a list of sizes"));
    }
    if (value.kind === "int" || value.kind === "bool") return [this.size(name)];
    const operand = this.operand(name);
    const known = sizesOf(operand);
    if (known !== undefined) return known;
    const length = hasRank(operand.shape) && operand.shape.rank === 1 ? operand.shape.at(0) : undefined;
    if (typeof length !== "number" || length > MOST_VALUES) return this.unread(name, [], "a shape");
    return Array<Dim>(length).fill(unknownDim("its value is only known at run time"));
  }
  /** The whole numbers among the keyword arguments that `**kwargs` takes. */
  get keywordSizes(): ReadonlyMap<string, Dim> {
    const sizes = [...this.binding.more].map(([name, value]) => [name, this.sizeOf(value)] as const);
    return new Map(sizes.filter((it): it is [string, Dim] => it[1] !== undefined));
  }
  /** A `None` is written among the sizes. */
  hasNone(name: string): boolean {
    const value = this.value(name);
    const items = value.kind === "list" ? listOf(this.machine, value).items : value.kind === "tuple" ? value.items : [];
    return items.some((item) => item.kind === "none");
  }
  /** A whole number that must be known. */
  integer(name: string): number {
    const size = this.sizeOf(this.value(name));
    if (typeof size === "number") return size;
    const reason = size !== undefined && isUnknown(size) ? size.reason : undefined;
    this.doubts(reason ?? reasonOf(this.value(name)) ?? `${name} is not a number that is known`);
    return 0;
  }
  /** One axis, several, or none at all for `None`. */
  axes(name: string): readonly number[] | undefined {
    if (!this.has(name)) return undefined;
    const sizes = this.sizes(name);
    const known = sizes.filter((size) => typeof size === "number");
    return known.length === sizes.length ? known : this.unread(name, [], "axes");
  }
  flag(name: string): boolean {
    return truth(this.machine, this.value(name)) ?? this.unread(name, false, "a truth value");
  }
  text(name: string): string {
    const value = this.value(name);
    return value.kind === "str" ? value.value : this.unread(name, "", "a string");
  }
  number(name: string): number | undefined {
    return numberOf(this.value(name)) ?? this.operand(name).values?.[0];
  }

  // ---- types --------------------------------------------------------------------------------------------------------

  /** The type that an argument names; `otherwise` for `None`, undefined for what is not known. */
  type(name: string, otherwise: DType | undefined): DType | undefined {
    const value = this.value(name);
    if (value.kind === "none") return otherwise;
    const dtype = dtypeOf(value, this.library);
    if (dtype === null && value.kind === "str" && this.library.lacksType?.(value.value) === true)
      this.broken ??= conflict("dtype-exists", `"${value.value}"`);
    return dtype ?? undefined;
  }
  promoted(...names: readonly string[]): DType | undefined {
    return this.library.promoted(names.map((name) => this.operand(name)));
  }
}

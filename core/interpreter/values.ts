import type { Expression, FunctionDef, Lambda } from "../python/syntax.ts";
import { type Dim, isUnknown, unknown as unknownDim } from "../tensor/dim.ts";
import type { DType } from "../tensor/dtype.ts";
import type { AnyShape } from "../tensor/shape.ts";
import { type Span, sameSpan } from "../text/span.ts";
import type { Machine } from "./machine.ts";
import type { Fault } from "./record.ts";
import type { Scope } from "./scope.ts";
import type { Recipe } from "./trace.ts";

/** Where something stands, valid as long as the statement's own text is: the span is relative to the statement. */
export interface Place {
  readonly path: string;
  /** The id of the innermost statement. */
  readonly statement: number;
  readonly span: Span;
}
export const samePlace = (a: Place, b: Place): boolean =>
  a.statement === b.statement && a.path === b.path && sameSpan(a.span, b.span);

/** Not known, and why; `type` is what is known of it all the same. An unknown is a value, never an error. */
export interface Unknown {
  readonly kind: "unknown";
  readonly reason: string;
  readonly type?: "float" | "complex" | "str" | "bool" | "list" | "dict" | "function" | "module" | undefined;
  /** A module that the project does not have, or a name that a module of it does not. */
  readonly isAbsent?: boolean | undefined;
  /** The mutable things that it may be: what is done to it may be done to any of them. */
  readonly may?: readonly (ListRef | DictRef | SetRef | Instance | TensorValue)[] | undefined;
  /** It is one of these, or nothing that can be called. */
  readonly either?: readonly [Value, ...Value[]] | undefined;
  /** Where it comes from, in a function that is read by itself (`reading.ts`). */
  readonly part?: Part | undefined;
}
/** Parameters or parts of them, by their paths. */
export interface Part {
  readonly paths: readonly string[];
  /** It is the one that the path names, and not computed from it. */
  readonly isWhole: boolean;
}
export interface NoneValue {
  readonly kind: "none";
}
export interface EllipsisValue {
  readonly kind: "ellipsis";
}
export interface BoolValue {
  readonly kind: "bool";
  readonly value: boolean;
}
/** A size as the tensor room knows it: a number, a polynomial of named sizes, or an integer that is not known. */
export interface IntValue {
  readonly kind: "int";
  readonly size: Dim;
}
export interface FloatValue {
  readonly kind: "float";
  readonly value: number;
}
export interface StrValue {
  readonly kind: "str";
  readonly value: string;
}
export interface BytesValue {
  readonly kind: "bytes";
  readonly value: string;
}
export interface TupleValue {
  readonly kind: "tuple";
  readonly items: readonly Value[];
  /** Field names, for a named tuple. */
  readonly fields?: readonly string[] | undefined;
  /** The class of a named tuple. */
  readonly type?: ClassValue | undefined;
}
export interface SliceValue {
  readonly kind: "slice";
  readonly lower: Value;
  readonly upper: Value;
  readonly step: Value;
}
export interface RangeValue {
  readonly kind: "range";
  readonly start: Dim;
  readonly stop: Dim;
  readonly step: Dim;
}

/** Mutable things: what they hold is in the heap under `id`. */
export interface ListRef {
  readonly kind: "list";
  readonly id: number;
  /** A module that is imported made it empty: modules that are not read yet may enter themselves (`modules.ts`). */
  readonly awaits?: true;
  /** The object that is told of what is put in and taken out (`watching.ts`). */
  readonly watcher?: Instance;
}
export interface DictRef {
  readonly kind: "dict";
  readonly id: number;
  readonly awaits?: true;
  readonly watcher?: Instance;
}
export interface SetRef {
  readonly kind: "set";
  readonly id: number;
  readonly awaits?: true;
  readonly watcher?: Instance;
  readonly frozen?: true | undefined;
}
export interface IteratorRef {
  readonly kind: "iterator";
  readonly id: number;
}
export interface Instance {
  readonly kind: "instance";
  readonly id: number;
  readonly class: ClassValue;
}
/** A class of the user's (its members are in the heap) or of a framework's (`members`). */
export interface ClassValue {
  readonly kind: "class";
  readonly id: number;
  readonly name: string;
  readonly qualifiedName: string;
  readonly bases: readonly ClassValue[];
  /** Itself first, by C3. */
  readonly mro: readonly ClassValue[];
  readonly members?: ReadonlyMap<string, Value> | undefined;
  /** A base that is not known: members may come from there. */
  readonly open?: string | undefined;
  /** Its text says when two of its instances are equal. */
  readonly decidesEquality?: boolean | undefined;
  /** Its text says what any attribute of an instance is, by `__getattribute__`. */
  readonly decidesAttributes?: boolean | undefined;
  /** The id of the class statement, of a class of the user's. */
  readonly statement?: number | undefined;
}

export interface FunctionValue {
  readonly kind: "function";
  readonly name: string;
  /** The id of its definition; the machine knows the text that stands there now. */
  readonly code: number;
  readonly defaults: readonly (Value | undefined)[];
  readonly scope: Scope;
  /** The class whose body defines it, for `super()`. */
  readonly owner: ClassValue | undefined;
  /** Where it keeps what it gave before, by its arguments: a dictionary's id. */
  readonly kept?: number | undefined;
  /** What `@wraps` says that it stands for. */
  readonly wrapped?: Value | undefined;
  /** An `abstractmethod`: its class makes no instances. */
  readonly isAbstract?: true | undefined;
}
export type Code = FunctionDef | Lambda;
/** A function with its first argument. */
export interface MethodValue {
  readonly kind: "method";
  readonly self: Value;
  readonly function: Value;
}
/** What a framework or the language itself supplies. */
export interface NativeValue {
  readonly kind: "native";
  readonly name: string;
  readonly call: (machine: Machine, args: Args) => Value;
  /** Bound to an instance when it is found through a class. */
  readonly isMethod?: boolean | undefined;
}
/** A computed attribute: found on a class, its getter runs. */
export interface PropertyValue {
  readonly kind: "property";
  readonly get: Value;
  readonly set?: Value | undefined;
  readonly remove?: Value | undefined;
}
export interface StaticValue {
  readonly kind: "static" | "classmethod";
  readonly function: Value;
}
export interface SuperValue {
  readonly kind: "super";
  readonly self: Value;
  readonly after: ClassValue;
}
/** A module of the project's (its names are a scope) or a framework's, whose names the framework resolves. */
export interface ModuleValue {
  readonly kind: "module";
  readonly name: string;
  readonly scope?: Scope | undefined;
}
/** What only its framework understands: immutable data. Two are equal when `same` says so, or else by identity. */
export interface Opaque {
  readonly kind: "opaque";
  readonly type: string;
  readonly data: object;
  /** Where its attributes and methods are, if it has any. */
  readonly class?: ClassValue | undefined;
}

/** How a family of tensors behaves; a framework supplies it. */
export interface TensorFamily {
  readonly name: string;
  /** Data that a script handles (arrays), as against tensors inside a model. */
  readonly isData: boolean;
  /** Places in a model's graph, as against tensors with values of their own. */
  readonly isSymbolic?: boolean;
  attribute(machine: Machine, tensor: TensorValue, name: string): Value | undefined;
  subscript(machine: Machine, tensor: TensorValue, index: Value): Value;
  /** Sets elements of an array, for whoever shares its memory; gives what it is then. */
  set?(machine: Machine, tensor: TensorValue, index: Value, value: Value): TensorValue;
  /** `tensor += …` gave `made`: what the variable then holds. */
  changed?(machine: Machine, tensor: TensorValue, made: Value): Value;
  /** It is written into in a way that is not followed. */
  spoil?(machine: Machine, tensor: TensorValue, reason: string): void;
  /** Sets an attribute, where the family's tensors have one that can be set: a shape. */
  setAttribute?(machine: Machine, tensor: TensorValue, name: string, value: Value): void;
  /** What it is by now, where the program has written into it. */
  current?(machine: Machine, tensor: TensorValue): TensorValue;
  /** What Python's `type` gives for one, where that is certain. */
  type?(tensor: TensorValue): Value | undefined;
  /** Whether one is of that class of a library's, where that is certain. */
  isA?(type: ClassValue): boolean | undefined;
  /** Told that the program unpacks it, or goes through its rows; says why that raises, where it does. */
  iterated?(machine: Machine, tensor: TensorValue): string | undefined;
  /** Told that the program asks how many rows there are; says why that raises, where it does. */
  counted?(machine: Machine, tensor: TensorValue): string | undefined;
  /** Told that a list that begins with one is unpacked into another number of targets, which raises: why. */
  miscounted?(machine: Machine, items: readonly Value[], targets: number): string | undefined;
  /** `reflected`: the tensor is the right operand. */
  operator(machine: Machine, op: string, left: Value, right: Value | undefined): Value;
  /** Says where the cause of a fault of an operation on its tensors is, and what helps. */
  explains?(machine: Machine, fault: Fault, inputs: readonly TensorValue[]): Fault;
  /** Told of an operation that made new tensors of this family, so that a model's graph can be followed back. */
  record?(
    machine: Machine,
    operation: string,
    inputs: readonly TensorValue[],
    outputs: readonly TensorValue[],
    recipe?: Recipe,
  ): void;
}
/** What is known of an array's content. */
export interface Facts {
  /** All values are integers in [low, high]. */
  readonly range?: readonly [low: number, high: number] | undefined;
  /** Integer labels or one-hot rows, as far as that is certain. */
  readonly encoding?: "one-hot" | undefined;
  /** The values themselves, for small arrays, in row-major order. */
  readonly values?: readonly number[] | undefined;
  /** How many different values there are; both ends of the range are among them. */
  readonly kinds?: number | undefined;
  /** Of a table as an array: what is known of each column. */
  readonly columns?: readonly (Facts | undefined)[] | undefined;
}
export interface TensorValue {
  readonly kind: "tensor";
  /** Identity: which result it is. What produced it is the framework's to remember. */
  readonly id: number;
  readonly shape: AnyShape;
  readonly dtype: DType | undefined;
  readonly family: TensorFamily;
  /** True after a fault: the shape is what was meant, and raises no fault of its own. */
  readonly assumed: boolean;
  readonly facts?: Facts | undefined;
  readonly origin?: Place | undefined;
  /** The arrays that it may be, one in one case and another in another: what is written into it, one of them holds. */
  readonly may?: readonly TensorValue[] | undefined;
}
/** The number that a tensor of one element holds, where it is known. */
export const onlyValue = ({ facts }: TensorValue): number | undefined =>
  facts?.values?.length === 1 ? facts.values[0] : undefined;

export type Value =
  | Unknown
  | NoneValue
  | EllipsisValue
  | BoolValue
  | IntValue
  | FloatValue
  | StrValue
  | BytesValue
  | TupleValue
  | SliceValue
  | RangeValue
  | ListRef
  | DictRef
  | SetRef
  | IteratorRef
  | Instance
  | ClassValue
  | FunctionValue
  | MethodValue
  | NativeValue
  | PropertyValue
  | StaticValue
  | SuperValue
  | ModuleValue
  | Opaque
  | TensorValue;

/** One evaluated argument. */
export interface Arg {
  /** Undefined for a positional one. */
  readonly name: string | undefined;
  readonly value: Value;
  readonly node?: Expression | undefined;
  readonly place?: Place | undefined;
}
export interface Args {
  readonly list: readonly Arg[];
  /** Set when a `*` or `**` was not known: there may be more arguments than these. */
  readonly open?: string | undefined;
}

export const NONE_VALUE: NoneValue = { kind: "none" };
export const ELLIPSIS: EllipsisValue = { kind: "ellipsis" };
export const TRUE: BoolValue = { kind: "bool", value: true };
export const FALSE: BoolValue = { kind: "bool", value: false };
export const bool = (value: boolean): BoolValue => (value ? TRUE : FALSE);
const SMALL: readonly IntValue[] = Array.from({ length: 1025 }, (_, size) => ({ kind: "int", size }));
export const int = (size: Dim): IntValue =>
  (typeof size === "number" ? SMALL[size] : undefined) ?? { kind: "int", size };
export const float = (value: number): FloatValue => ({ kind: "float", value });
export const str = (value: string): StrValue => ({ kind: "str", value });
export const tuple = (items: readonly Value[]): TupleValue => ({ kind: "tuple", items });
export const unknown = (reason: string, type?: Unknown["type"]): Unknown => ({ kind: "unknown", reason, type });
export const native = (name: string, call: NativeValue["call"]): NativeValue => ({ kind: "native", name, call });
/** The same under its own name, as tables of names have it. */
export const entry = (name: string, call: NativeValue["call"]): readonly [string, NativeValue] => [
  name,
  native(name, call),
];
export const nativeMethod = (name: string, call: NativeValue["call"]): NativeValue => ({
  kind: "native",
  name,
  call,
  isMethod: true,
});
export const positional = (...values: readonly Value[]): Args => ({
  list: values.map((value) => ({ name: undefined, value })),
});

let nativeClasses = 0;
/** A class that a framework supplies. Its id is negative, so it never meets an id of the heap. */
export function nativeClass(
  qualifiedName: string,
  bases: readonly ClassValue[],
  members: Readonly<Record<string, Value>>,
): ClassValue {
  const mro: ClassValue[] = [];
  const made: ClassValue = {
    kind: "class",
    id: -++nativeClasses,
    name: qualifiedName.slice(qualifiedName.lastIndexOf(".") + 1),
    qualifiedName,
    bases,
    mro,
    members: new Map(Object.entries(members)),
  };
  mro.push(made, ...(bases[0]?.mro ?? []));
  return made;
}
export const isSubclass = (type: ClassValue, of: ClassValue): boolean => type.mro.some((c) => c.id === of.id);

/** The number, if it is one that is known. */
export const numberOf = (value: Value | undefined): number | undefined =>
  value?.kind === "int" && typeof value.size === "number"
    ? value.size
    : value?.kind === "float"
      ? value.value
      : value?.kind === "bool"
        ? Number(value.value)
        : undefined;
/** The size an integer stands for; undefined where the value cannot be an integer. */
export function sizeOf(value: Value | undefined): Dim | undefined {
  if (value === undefined) return undefined;
  if (value.kind === "int") return value.size;
  if (value.kind === "bool") return Number(value.value);
  return value.kind === "unknown" && value.type === undefined ? unknownDim(value.reason) : undefined;
}
export const stringOf = (value: Value | undefined): string | undefined =>
  value?.kind === "str" ? value.value : undefined;
export const isKnownInt = (value: Value): boolean => value.kind === "int" && !isUnknown(value.size);
/** Why a value is not known; undefined where it is. */
export const reasonOf = (value: Value): string | undefined =>
  value.kind === "unknown"
    ? value.reason
    : value.kind === "int" && isUnknown(value.size)
      ? value.size.reason
      : undefined;

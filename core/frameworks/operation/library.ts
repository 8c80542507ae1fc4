import type { Machine } from "../../interpreter/machine.ts";
import type { Args, TensorFamily, TensorValue } from "../../interpreter/values.ts";
import type { DType } from "../../tensor/dtype.ts";
import type { Leaf, Operand } from "./operand.ts";

/** How one library sees tensors: whose its results are, and what its types become together. */
export interface Library {
  /** As a user knows it. */
  readonly name: string;
  /** The family of what a function makes of these tensors. */
  family(inputs: readonly TensorValue[]): TensorFamily;
  /** What an operand of this library's own, alone, has for a type: a list of whole numbers is int64 to NumPy. */
  concrete(leaves: readonly Leaf[]): DType | undefined;
  /** What operands become together; undefined where it is not known or where there is no such type. */
  promoted(operands: readonly Operand[]): DType | undefined;
  /** The type that `dtype="…"` names. */
  named(text: string): DType | undefined;
  /** Whether it refuses a name that is none of `named`; without it any may be a type that is not followed. */
  lacksType?(text: string): boolean;
  /** The type that Python's own `float`, `int`, … stand for. */
  python(name: string): DType | undefined;
  /** What is now what older releases called so, for a program that may be written for them; empty where nothing is. */
  readonly oldArguments?: Readonly<Record<string, string>> | undefined;
  /** Also of symbolic tensors it says what it would find when it runs: Keras 2 makes a layer of its functions. */
  readonly computes?: boolean | undefined;
  /** By now the program has asked for types that differ to be converted, by rules that are not followed. */
  converts?(m: Machine): boolean;
  /** Refuses a call that one of its tensors makes impossible: says so, and gives that tensor. */
  refuses?(m: Machine, name: string, inputs: readonly TensorValue[], args: Args): TensorValue | undefined;
}

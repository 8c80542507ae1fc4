import type { Outputs } from "../analysis.ts";
import type { Machine } from "./machine.ts";
import type { Note } from "./record.ts";
import type { Value } from "./values.ts";

export interface Described {
  readonly outputs: Outputs;
  readonly note: Note;
}

/**
 * What a library brings to the language. The interpreter knows no library: it asks the frameworks in turn what a qualified
 * name means, and everything else follows from the values they give: a native function is called, a class of theirs is
 * subclassed and its members found by Python's own rules, a family of tensors answers for attributes and operators.
 */
export interface Framework {
  readonly name: string;
  /** Top-level module names that are this framework's, installed or not: `keras`. */
  readonly roots: readonly string[];
  /** What `qualifiedName` (`keras.layers.Dense`) means; undefined where the framework has no such name. */
  resolve(machine: Machine, qualifiedName: string): Value | undefined;
  /** What `from module import *` brings. */
  names?(module: string): readonly string[];
  /** What a value is in this framework's words, where a call yields it: a model and its cost. */
  describe?(machine: Machine, value: Value): Described | undefined;
  /** Told when a variable is bound at the module's top level or in a function: the first name of a model is its name. */
  bound?(machine: Machine, name: string, value: Value): void;
}

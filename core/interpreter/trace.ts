import type { Args, Instance, Place, TensorValue, Value } from "./values.ts";

/** What runs while a program is traced on tensors of certain sizes: told in the order in which it runs. */
export type Step =
  | {
      readonly kind: "operation";
      /** As the library names it, modules and all; an operator by its sign. */
      readonly name: string;
      /** What an argument was bound to, defaults included. */
      readonly argument: (name: string) => Value | undefined;
      readonly inputs: readonly TensorValue[];
      readonly outputs: readonly TensorValue[];
      readonly place: Place;
    }
  | {
      readonly kind: "layer";
      readonly layer: Instance;
      /** The framework's own record of the call. */
      readonly call: object;
      readonly inputs: readonly TensorValue[];
      /** Other arguments of the call that are tensors: a mask. */
      readonly named: Readonly<Record<string, TensorValue>>;
      readonly outputs: readonly TensorValue[];
      /** Why the call yields nothing certain, or raises. */
      readonly problem: string | undefined;
    }
  /** A layer that is made of other calls, a model or one with a `call` of the user's own: what follows runs in it. */
  | {
      readonly kind: "enter";
      readonly layer: Instance;
      /** Whether what runs in it trains, by this call or one around it. */
      readonly training: boolean;
    }
  /** It is done. */
  | {
      readonly kind: "leave";
      readonly layer: Instance;
      readonly outputs: readonly TensorValue[];
      /** Why it yields nothing certain, or raises. */
      readonly problem: string | undefined;
    }
  /** A new tensor with the numbers of an old one, perhaps in another dtype. */
  | { readonly kind: "same"; readonly from: TensorValue; readonly to: TensorValue };

export type Tracer = (step: Step) => void;

/** How an operation on symbolic tensors is run again on others: the function, and what it was given. */
export interface Recipe {
  readonly function: Extract<Value, { kind: "native" }>;
  readonly args: Args;
}

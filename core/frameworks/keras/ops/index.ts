import { type NativeValue, numberOf } from "../../../interpreter/values.ts";
import { argument } from "../../operation/control.ts";
import type { Library } from "../../operation/library.ts";
import { structures } from "../../operation/nested.ts";
import { callable, type Operation } from "../../operation.ts";
import { tensorflow } from "../../tensorflow/library.ts";
import { BACKEND_TYPES, KERAS_2_LIBRARY, KERAS_LIBRARY, TYPES_OF_ONE_BACKEND } from "../library.ts";
import { ACTIVATION_FUNCTIONS, BACKEND_ONLY } from "./activations.ts";
import { BACKEND } from "./backend.ts";
import { BACKEND_NETWORK } from "./backendNetwork.ts";
import { CONTRACTION } from "./contraction.ts";
import { CONTROL } from "./control.ts";
import { CREATION } from "./creation.ts";
import { ACTIVATIONS, ELEMENTWISE } from "./elementwise.ts";
import { IMAGE } from "./image.ts";
import { LINEAR } from "./linear.ts";
import { LOOPS } from "./loops.ts";
import { NETWORK } from "./nn.ts";
import { activations, backendFunctions, FUNCTIONS } from "./others.ts";
import { RANDOM } from "./random.ts";
import { REDUCTION } from "./reduction.ts";
import { SELECTION } from "./selection.ts";
import { SHAPING } from "./shaping.ts";
import { SIGNAL } from "./signal.ts";
import { declared } from "./table.ts";

const OPERATIONS: readonly Operation[] = [
  ...declared("keras.ops.", {
    ...ELEMENTWISE,
    ...ACTIVATIONS,
    ...REDUCTION,
    ...SHAPING,
    ...CONTRACTION,
    ...CREATION,
    ...NETWORK,
  }),
  ...declared("keras.ops.", { ...LINEAR, ...SIGNAL, ...SELECTION }),
  ...declared("keras.ops.image.", IMAGE),
  ...declared("keras.activations.", ACTIVATION_FUNCTIONS),
];

/** Who reads the name of a type, where it is not Keras. Asked of each function in Keras 3.15.1. */
const TYPES: ReadonlyMap<string, Pick<Library, "named" | "lacksType">> = new Map([
  ...["zeros", "ones", "empty", "eye", "identity"].map((it) => [`keras.ops.${it}`, BACKEND_TYPES] as const),
  ...["normal", "truncated_normal"].map((it) => [`keras.random.${it}`, BACKEND_TYPES] as const),
  ...["tri", "linspace"].map((it) => [`keras.ops.${it}`, TYPES_OF_ONE_BACKEND] as const),
  ...["gamma", "beta", "binomial"].map((it) => [`keras.random.${it}`, TYPES_OF_ONE_BACKEND] as const),
]);
function typed(library: Library, name: string): Library {
  const types = TYPES.get(name);
  return types === undefined ? library : { ...library, ...types };
}

/** Random numbers are drawn at once, so that there is no symbolic form. */
const { refuses } = tensorflow(3);
const DRAWING: Library = {
  ...KERAS_LIBRARY,
  refuses: (m, name, inputs, args) => {
    // At a rate of 0 nothing is drawn: the tensor comes back as it is.
    const rate = name === "keras.random.dropout" ? numberOf(argument(args, "rate", 1)) : undefined;
    return rate === 0 ? undefined : refuses?.(m, name, inputs, args);
  },
};

/**
 * Keras's functions on tensors by their canonical names. `keras.backend` is written with TensorFlow's own
 * functions: with Keras 3 they refuse symbolic tensors.
 */
function createOps(version: 2 | 3): ReadonlyMap<string, NativeValue> {
  const library = version === 3 ? tensorflow(3) : { ...KERAS_2_LIBRARY, computes: true };
  const made = new Map<string, NativeValue>([
    ...OPERATIONS.map((op) => [op.name, callable(typed(KERAS_LIBRARY, op.name), op)] as const),
    ...declared("keras.random.", RANDOM).map((op) => [op.name, callable(typed(DRAWING, op.name), op)] as const),
    ...declared("keras.activations.", BACKEND_ONLY).map((op) => [op.name, callable(library, op)] as const),
    ...declared("keras.backend.", { ...BACKEND, ...BACKEND_NETWORK }).map(
      (op) => [op.name, callable(library, op)] as const,
    ),
    ...FUNCTIONS,
    ...CONTROL,
    ...LOOPS,
    ...structures("keras.tree"),
    ...backendFunctions(library),
  ]);
  for (const [name, native] of activations(made)) made.set(name, native);
  return made;
}
export const OPS: ReadonlyMap<string, NativeValue> = createOps(3);
let older: ReadonlyMap<string, NativeValue> | undefined;
export function opsOf(version: 2 | 3): ReadonlyMap<string, NativeValue> {
  if (version === 3) return OPS;
  older ??= createOps(2);
  return older;
}

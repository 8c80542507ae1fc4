import type { Machine } from "../../interpreter/machine.ts";
import type { Value } from "../../interpreter/values.ts";
import { type DType, isDType, type PythonScalar } from "../../tensor/dtype.ts";
import { kerasDType, kerasPythonDType, numpyDType, type PythonType, tensorflowDType } from "../operation/dtypeNames.ts";
import { dtypeOf } from "../operation/dtypes.ts";
import type { Library } from "../operation/library.ts";
import type { Operand } from "../operation/operand.ts";
import { EAGER } from "../tensorflow/eagerTensor.ts";
import { concrete } from "../tensorflow/library.ts";
import { KERAS } from "./kerasTensor.ts";
import { resultType } from "./promotion.ts";
import { versionIn } from "./version.ts";

/** `keras.backend.result_type`: of tensors and arrays their types, of lone Python numbers only their kind. */
function promoted(operands: readonly Operand[]): DType | undefined {
  if (operands.length === 0) return undefined;
  const types: (DType | PythonScalar)[] = [];
  for (const { isNumber, leaves } of operands) {
    const [kind] = leaves;
    if (isNumber && (kind === "int" || kind === "float" || kind === "complex")) types.push(kind);
    else {
      const type = leaves.every((it) => it !== undefined && isDType(it)) ? ofAll(leaves as DType[]) : concrete(leaves);
      if (type === undefined) return undefined;
      types.push(type);
    }
  }
  return resultType(types);
}
const ofAll = (types: readonly DType[]): DType | undefined => (types.length === 1 ? types[0] : resultType(types));

const PYTHON = ["bool", "int", "float", "complex", "str"] as const;
const isPython = (name: string): name is PythonType => (PYTHON as readonly string[]).includes(name);

/** Keras's own functions: symbolic where a symbolic tensor is among the operands, else the backend's. */
export const KERAS_LIBRARY: Library = {
  name: "Keras",
  family: (inputs) => (inputs.some((it) => it.family === KERAS) ? KERAS : EAGER),
  concrete,
  promoted,
  named: kerasDType,
  lacksType: () => true,
  python: (name) => (isPython(name) ? kerasPythonDType(name) : undefined),
};

/** Keras 2 hands the names of types on to TensorFlow: `dtype="float"`. */
export const KERAS_2_LIBRARY: Library = { ...KERAS_LIBRARY, named: tensorflowDType };
/** The element type that a value names to the Keras that the program is read with; null where it names none. */
export const namedType = (m: Machine, value: Value): DType | null =>
  dtypeOf(value, versionIn(m) === 2 ? KERAS_2_LIBRARY : KERAS_LIBRARY);

/** Of functions of Keras 3 that leave the name of a type to the backend, or that do so on one alone; JAX asks NumPy. */
const lacksType = (name: string): boolean => numpyDType(name) === undefined;
export const BACKEND_TYPES = { named: tensorflowDType, lacksType };
export const TYPES_OF_ONE_BACKEND = { named: kerasDType, lacksType };

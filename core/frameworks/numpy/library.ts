import type { Machine } from "../../interpreter/machine.ts";
import type { Args, TensorValue } from "../../interpreter/values.ts";
import { type DType, isDType, type PythonScalar } from "../../tensor/dtype.ts";
import { numpyDType } from "../operation/dtypeNames.ts";
import type { Library } from "../operation/library.ts";
import type { Leaf, Operand } from "../operation/operand.ts";
import { refuseSymbolic } from "../operation/symbolic.ts";
import { ARRAY } from "./array.ts";
import { numpyResultType } from "./promotion.ts";

const OWN: Readonly<Record<string, DType>> = {
  bool: "bool",
  int: "int64",
  float: "float64",
  complex: "complex128",
  str: "string",
  string: "string",
};
const own = (leaf: Leaf): DType | undefined => (leaf === undefined ? undefined : isDType(leaf) ? leaf : OWN[leaf]);

/** The type of an array of these elements. */
export function concrete(leaves: readonly Leaf[]): DType | undefined {
  const types = leaves.map(own);
  return types.every((it) => it !== undefined) ? numpyResultType(types) : undefined;
}

/** NumPy's promotion: a lone Python number gives way, a list of them is an array of its own. */
export function promoted(operands: readonly Operand[]): DType | undefined {
  if (operands.length === 0) return undefined;
  const types: (DType | PythonScalar)[] = [];
  for (const { isNumber, leaves } of operands) {
    const [kind] = leaves;
    if (isNumber && (kind === "int" || kind === "float" || kind === "complex")) types.push(kind);
    else {
      const type = concrete(leaves);
      if (type === undefined) return undefined;
      types.push(type);
    }
  }
  return numpyResultType(types);
}

export const NUMPY: Library = {
  name: "NumPy",
  family: (inputs) => inputs.find((it) => it.family.isSymbolic)?.family ?? ARRAY,
  concrete,
  promoted,
  named: numpyDType,
  python: (name) => OWN[name],
  refuses: (m: Machine, name: string, inputs: readonly TensorValue[], args: Args) => {
    // This one asks the tensor for a method of that name, which a symbolic tensor has.
    if (name === "numpy.squeeze") return undefined;
    const symbolic = inputs.find((it) => it.family.isSymbolic);
    if (symbolic?.assumed === false) refuseSymbolic(m, name, symbolic, args);
    return symbolic;
  },
};

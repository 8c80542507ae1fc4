/**
 * What two element types become together, against the answers of Keras 3.15 (TensorFlow backend) and NumPy 2.4,
 * recorded in generated/dtypes.json ("-": it raises). To record again, for every pair of a row and a column write down
 *
 *     keras.backend.result_type(row, column)        int, float and complex being Python's types
 *     numpy.result_type(row, column)       "string" being numpy.dtype("U"); int, float, complex being 1, 1.0, 1j
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { resultType } from "../../core/frameworks/keras/promotion.ts";
import { numpyResultType } from "../../core/frameworks/numpy/promotion.ts";
import {
  kerasDType,
  kerasPythonDType,
  numpyDType,
  tensorflowDType,
} from "../../core/frameworks/operation/dtypeNames.ts";
import {
  byteSize,
  DTYPES,
  type DType,
  isDType,
  isFloat,
  isInteger,
  type PythonScalar,
} from "../../core/tensor/dtype.ts";
import recorded from "./generated/dtypes.json" with { type: "json" };

type Type = DType | PythonScalar;
const isScalar = (name: string): name is PythonScalar => name === "int" || name === "float" || name === "complex";
const types = (names: string): readonly Type[] => names.split(" ").filter((name) => isDType(name) || isScalar(name));

for (const [library, promote] of [
  ["keras", resultType],
  ["numpy", numpyResultType],
] as const)
  test(`${library}: every pair of types gives the recorded type`, () => {
    const columns = types(recorded[library].columns);
    for (const [row, answers] of Object.entries<string>(recorded[library].rows)) {
      const [first] = types(row);
      assert.ok(first);
      const expected = answers.split(" ");
      assert.equal(expected.length, columns.length);
      columns.forEach((column, i) => {
        assert.equal(promote([first, column]) ?? "-", expected[i], `${row} with ${column}`);
      });
    }
  });

test("keras: one type, none, several, and other widths of floatx", () => {
  assert.equal(resultType([]), "float32");
  assert.equal(resultType(["uint64"]), "uint32");
  assert.equal(resultType(["string"]), "string");
  assert.equal(resultType(["float8_e4m3fn"]), undefined);
  assert.equal(resultType(["int"]), "int32");
  assert.equal(resultType(["complex"]), "complex64");
  assert.equal(resultType(["bool", "int", "float"]), "float32");
  assert.equal(resultType(["int8", "uint8", "float16"]), "float16");
  assert.equal(resultType([], "bfloat16"), "bfloat16");
  assert.equal(resultType(["int8", "float"], "float16"), "float16");
  assert.equal(resultType(["int8", "float"], "bfloat16"), "float16");
  assert.equal(resultType(["bool", "int"], "float64"), "int64");
});

test("numpy: several types at once are not always one pair after the other", () => {
  assert.equal(numpyResultType(["int16", "uint16", "float32"]), "float32");
  assert.equal(numpyResultType(["int16", "uint16"]), "int32");
  assert.equal(numpyResultType(["int32", "float32"]), "float64");
  assert.equal(numpyResultType(["int8", "uint8", "float"]), "float64");
  assert.equal(numpyResultType(["float16", "int", "float", "complex"]), "complex64");
  assert.equal(numpyResultType(["int", "float"]), "float64");
  assert.equal(numpyResultType([]), undefined);
});

test("each library has names of its own", () => {
  const rows: readonly (readonly [string, ...(string | undefined)[]])[] = [
    // name        Keras       NumPy         TensorFlow
    ["float32", "float32", "float32", "float32"],
    ["bfloat16", "bfloat16", "bfloat16", "bfloat16"],
    ["int", "int64", "int64", undefined],
    ["float", undefined, "float64", "float32"],
    ["double", undefined, "float64", "float64"],
    ["half", undefined, "float16", "float16"],
    ["string", "string", undefined, "string"],
    ["str", undefined, "string", undefined],
    ["bool", "bool", "bool", "bool"],
    ["<U12", undefined, "string", undefined],
    [">i4", undefined, "int32", undefined],
    ["f4", undefined, "float32", undefined],
    ["b", undefined, "int8", undefined],
    ["?", undefined, "bool", undefined],
    ["c16", undefined, "complex128", undefined],
    ["float128", undefined, undefined, undefined],
    ["toString", undefined, undefined, undefined],
  ];
  for (const [name, ...answers] of rows)
    assert.deepEqual([kerasDType(name), numpyDType(name), tensorflowDType(name)], answers, name);
  assert.equal(kerasPythonDType("float"), "float32");
  assert.equal(kerasPythonDType("int"), "int64");
});

test("sizes and kinds", () => {
  assert.deepEqual(
    DTYPES.filter((dtype) => byteSize(dtype) === 1),
    ["bool", "uint8", "int8", "float8_e4m3fn", "float8_e5m2"],
  );
  assert.equal(byteSize("complex128"), 16);
  assert.equal(byteSize("string"), undefined);
  assert.ok(isFloat("bfloat16") && !isFloat("complex64"));
  assert.ok(isInteger("uint8") && !isInteger("bool"));
});

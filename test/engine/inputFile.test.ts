import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { zipSync } from "fflate";
import { readCsv, readInput } from "../../server/engine/inputFile.ts";
import { readNpy, writtenNpy } from "../../server/engine/npy.ts";

/** A file of NumPy's with this header and these bytes. */
function npy(header: string, data: ArrayBufferView): Uint8Array {
  const text = `${header.padEnd(117)}\n`;
  const bytes = new Uint8Array(10 + text.length + data.byteLength);
  bytes.set([0x93, ...new TextEncoder().encode("NUMPY"), 1, 0, text.length, 0]);
  bytes.set(new TextEncoder().encode(text), 10);
  bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), 10 + text.length);
  return bytes;
}
const valuesOf = (array: ReturnType<typeof readNpy>) =>
  "problem" in array ? array.problem : [array.shape, [...array.values]];

describe("arrays in files", () => {
  it("are read in NumPy's types", () => {
    const header = (descr: string, shape: string, fortran = "False") =>
      `{'descr': '${descr}', 'fortran_order': ${fortran}, 'shape': ${shape}, }`;
    assert.deepEqual(valuesOf(readNpy(npy(header("|u1", "(3,)"), Uint8Array.of(1, 2, 255)))), [[3], [1, 2, 255]]);
    assert.deepEqual(valuesOf(readNpy(npy(header("<i8", "()"), BigInt64Array.of(-7n)))), [[], [-7]]);
    assert.deepEqual(valuesOf(readNpy(npy(header("<f2", "(2,)"), Uint16Array.of(0x3e00, 0xc000)))), [[2], [1.5, -2]]);
    const columns = Float64Array.of(1, 4, 2, 5, 3, 6);
    assert.deepEqual(valuesOf(readNpy(npy(header("<f8", "(2, 3)", "True"), columns))), [
      [2, 3],
      [1, 2, 3, 4, 5, 6],
    ]);
    assert.equal(
      valuesOf(readNpy(npy(header("|S5", "(1,)"), new Uint8Array(5)))),
      "it holds texts, and numbers are read",
    );
    assert.equal(
      valuesOf(readNpy(npy(header("<f4", "(9,)"), Float32Array.of(1)))),
      "it is cut off: write or fetch it again",
    );
  });
  it("come back as they were written, their numbers at a multiple of 64", () => {
    const bytes = writtenNpy({ shape: [2, 2], numbers: Float32Array.of(1, -0.5, Number.NaN, 4) });
    assert.equal((bytes.length - 16) % 64, 0);
    assert.deepEqual(valuesOf(readNpy(bytes)), [
      [2, 2],
      [1, -0.5, Number.NaN, 4],
    ]);
  });
  it("are rows of numbers in a table, with or without a header", async () => {
    assert.deepEqual(valuesOf(readCsv("a,b\n1,2\n3,4\n")), [
      [2, 2],
      [1, 2, 3, 4],
    ]);
    assert.deepEqual(valuesOf(readCsv("1,2\n3,4")), [
      [2, 2],
      [1, 2, 3, 4],
    ]);
    assert.equal(valuesOf(readCsv("1,2\n3,x")), "line 2, column 2 is 'x', no number");
    assert.equal(valuesOf(readCsv("1,2\n3")), "line 2 has 1 columns, and the first has 2");
    assert.deepEqual(await readInput("x.npy", new Uint8Array(20)), {
      problem: "it is no array of NumPy's: numpy.save writes one",
    });
  });
  it("that are cut off, hold nothing or are of another kind say so", async () => {
    const whole = writtenNpy({ shape: [2], numbers: Float32Array.of(1, 2) });
    for (const length of [6, 9, 11, 40, whole.length - 1])
      assert.deepEqual(await readInput("x.npy", whole.subarray(0, length)), {
        problem: "it is cut off: write or fetch it again",
      });
    assert.deepEqual(await readInput("x.npz", zipSync({})), { problem: "it holds no array" });
    for (const level of [0, 6] as const) {
      const archive = zipSync({ "a.npy": whole, "b.npy": whole }, { level });
      const arrays = await readInput("x.npz", archive);
      assert.deepEqual("problem" in arrays ? arrays.problem : [...arrays.keys()], ["a", "b"]);
      // A zip says what its contents come to, and Python holds them to it: one other byte is another number.
      const damaged = Uint8Array.from(archive);
      const at = level === 0 ? 30 + 5 + whole.length - 1 : 60;
      damaged[at] = (damaged[at] ?? 0) ^ 1;
      assert.match(JSON.stringify(await readInput("x.npz", damaged)), /damaged/);
    }
    assert.match(
      JSON.stringify(await readInput("x.wav", whole)),
      /an input is an \.npy, an \.npz, a \.csv or a picture/,
    );
  });
  it("are read as spreadsheets and pandas write tables, and no row is taken for a header", () => {
    const numbers = [
      [2, 2],
      [1, -2.5, 3, 4],
    ];
    for (const text of [
      "1;-2.5\n3;4",
      "a\tb\n1\t-2.5\n3\t4",
      '"a","b"\n"1","-2.5"\n"3","4"',
      "\uFEFF,b\r\n1,-2.5\r\n3,4",
    ])
      assert.deepEqual(valuesOf(readCsv(text)), numbers);
    assert.deepEqual(valuesOf(readCsv("nan,inf\n1,-inf")), [
      [2, 2],
      [Number.NaN, Number.POSITIVE_INFINITY, 1, Number.NEGATIVE_INFINITY],
    ]);
    assert.equal(valuesOf(readCsv("1,\n3,4")), "line 1, column 2 is empty");
    assert.equal(valuesOf(readCsv("\n")), "it holds nothing");
    assert.equal(valuesOf(readCsv("a,b\n")), "it holds a header and no rows");
  });
});

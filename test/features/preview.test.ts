import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { previewOf } from "../../server/features/preview.ts";

const of = (shape: readonly number[], numbers: readonly number[]) =>
  previewOf({ shape, numbers: Float32Array.from(numbers) });

describe("what a model gave, to look at", () => {
  it("is the highest of likelihoods, of the first sample", () => {
    const found = of([2, 3], [0.25, 0.5, 0.25, 1, 0, 0]);
    assert.deepEqual(found, {
      kind: "classes",
      shape: "(2, 3)",
      count: 3,
      top: [
        { index: 1, share: 0.5 },
        { index: 0, share: 0.25 },
        { index: 2, share: 0.25 },
      ],
    });
  });
  it("is numbers, where they are few and no likelihoods", () => {
    assert.deepEqual(of([2, 1], [3, 4]), { kind: "numbers", shape: "(2, 1)", values: [3] });
    assert.deepEqual(of([2], [3, 4]), { kind: "numbers", shape: "(2,)", values: [3] });
    assert.deepEqual(of([1, 2], [-1, 2]), { kind: "numbers", shape: "(1, 2)", values: [-1, 2] });
  });
  it("is a line for each of the first features over the steps", () => {
    assert.deepEqual(of([1, 3, 2], [1, 10, 2, 20, 3, 30]), {
      kind: "series",
      shape: "(1, 3, 2)",
      features: 2,
      lines: [
        [1, 2, 3],
        [10, 20, 30],
      ],
    });
  });
  it("is an image, grey or in colours, channels last or first, from black to white", () => {
    const grey = of([1, 4, 4, 1], [...Array(16).keys()]);
    assert.equal(grey.kind === "image" && grey.pixels.slice(0, 6).join(), "0,0,0,17,17,17");
    const first = of([1, 3, 4, 4], [...Array(48).keys()]);
    assert.equal(first.kind === "image" && first.pixels.slice(0, 3).join(), "0,87,174");
    const wide = of([1, 8, 400, 3], Array(9600).fill(0));
    assert.equal(wide.kind === "image" && `${wide.height} ${wide.width}`, "2 96");
  });
  it("stays small, and takes what is not finite", () => {
    const long = of([1, 1000], Array(1000).fill(Number.NaN));
    assert.equal(long.kind === "series" && long.lines[0]?.length, 256);
    const black = of([1, 4, 4, 1], Array(16).fill(Number.NaN));
    assert.equal(black.kind === "image" && Math.max(...black.pixels), 0);
  });
});

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { verdictOn } from "../../server/features/prediction.ts";

describe("a prediction beside what came out", () => {
  it("is the same", () => assert.equal(verdictOn("(2, 10, 64)", "(2, 10, 64)"), "same"));
  it("fits where it left a size open", () => {
    assert.equal(verdictOn("(2, None, 64)", "(2, 10, 64)"), "open");
    assert.equal(verdictOn("(2, ?, filters * 2)", "(2, 10, 64)"), "open");
  });
  it("is wrong in a size, or in the rank", () => {
    assert.equal(verdictOn("(2, 10, 64)", "(2, 10, 65)"), "different");
    assert.equal(verdictOn("(2, None)", "(2, 10, 64)"), "different");
    assert.equal(verdictOn("[(2, 3), (2, 4)]", "[(2, 3), (2, 5)]"), "different");
  });
  it("claims nothing where nothing was said, or nothing came out", () => {
    assert.equal(verdictOn("?", "(2, 3)"), undefined);
    assert.equal(verdictOn("(2, 3)", undefined), undefined);
  });
});

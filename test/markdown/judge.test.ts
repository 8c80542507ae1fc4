import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { compare } from "./compare.ts";
import type { DiagnosticSeen, HintSeen } from "./inlayer.ts";
import { judge } from "./judge.ts";
import { type Block, parseMarkdown } from "./parse.ts";
import type { Facts, Raised, Seen } from "./record.ts";

const blockOf = (code: string): Block => {
  const { blocks, faults } = parseMarkdown(`\`\`\`py\n${code}\n\`\`\`\n`);
  assert.deepEqual(faults, []);
  assert.ok(blocks[0]);
  return blocks[0];
};
const facts = (...shapes: string[]): Facts => ({ shapes, dtypes: shapes.map(() => "float32"), params: 60 });
const raisedAt = (line: number, type = "ValueError"): Raised => ({ in: [[line, line]], type, message: "no" });

const judged = (code: string, lines: Record<string, Seen>, raised: Raised[] = [], jax = raised): readonly string[] =>
  judge(blockOf(code), { title: "", hash: "", tensorflow: { lines, raised }, jax: { raised: jax } });

describe("judge", () => {
  it("takes what was seen and nothing else", () => {
    const code = "f()  # shape: (None, 4)  params: 60  dtype: float32";
    assert.deepEqual(judged(code, { "1": facts("(None, 4)") }), []);
    assert.deepEqual(judged(code, { "1": facts("(None, 5)") }), [
      "1: shape (None, 4) is claimed, Keras says (None, 5)",
    ]);
    assert.deepEqual(judged(code, { "1": facts("(None, 4)", "(2, 4)") }).length, 1);
    assert.deepEqual(judged("f()  # params: 61", { "1": facts("()") }).length, 1);
    assert.deepEqual(judged("f()  # dtype: int32", { "1": facts("()") }).length, 1);
  });

  it("lets an unknown size be any size, but None is not one", () => {
    const code = (shape: string): string => `f()  # shape: ${shape}`;
    assert.deepEqual(judged(code("(None, ?, units * 2)"), { "1": facts("(None, 3, 8)") }), []);
    assert.deepEqual(judged(code("?"), { "1": facts("(None, 3, 8)") }), []);
    assert.equal(judged(code("(None, None)"), { "1": facts("(None, 3)") }).length, 1);
    assert.equal(judged(code("(None, ?)"), { "1": facts("(None, 3, 8)") }).length, 1);
  });

  it("does not take a claim on a line that was not seen, except behind an error", () => {
    assert.match(judged("f()  # params: 1", { "1": "never ran" })[0] ?? "", /never ran/);
    assert.match(judged("f()  # params: 1", { "1": "no value" })[0] ?? "", /no tensor/);
    assert.deepEqual(judged("f()  # params: 1", { "1": "after error" }), []);
  });

  it("demands that an error raises where it is claimed, on both backends", () => {
    const code = "f()  # error: [a]\ng()";
    assert.deepEqual(judged(code, {}, [raisedAt(1)]), []);
    assert.deepEqual(judged(code, {}), ["1: an error is claimed, but Keras runs it"]);
    assert.match(judged(code, {}, [raisedAt(1)], [])[0] ?? "", /on JAX it runs/);
    assert.equal(judged(code, {}, [raisedAt(2)]).length, 2);
  });

  it("lets JAX stop before", () => {
    const code = "x = f()\ng(x)  # error: [a]\nh()";
    assert.deepEqual(judged(code, {}, [raisedAt(2)], [raisedAt(1)]), []);
    assert.equal(judged(code, {}, [raisedAt(2)], [raisedAt(3)]).length, 1);
  });

  it("does not ask JAX when TensorFlow ran out of memory", () => {
    assert.deepEqual(judged("f()  # error: [a]", {}, [raisedAt(1, "ResourceExhaustedError")], []), []);
  });

  it("lets the crash be elsewhere, where it is said", () => {
    const code = "f()  # error: [a]\ng()  # raises: ValueError";
    assert.deepEqual(judged(code, {}, [raisedAt(2)]), []);
    assert.match(
      judged(code, {}, [raisedAt(2, "TypeError")])[0] ?? "",
      /raises ValueError is claimed, but it raises TypeError/,
    );
  });

  it("demands that everything else runs", () => {
    assert.match(judged("f()  # warning: [a]", {}, [raisedAt(1)])[0] ?? "", /nothing is claimed, but Keras raises/);
    assert.deepEqual(judged("f()", {}, [], [raisedAt(1)]), []);
  });
});

const place = { line: 5, column: 1, endLine: 5, endColumn: 4 };
const hint = (given: Partial<HintSeen>): HintSeen => ({
  ...place,
  shapes: ["(4,)"],
  dtypes: ["float32"],
  params: 3,
  ...given,
});
const seen = (given: Partial<DiagnosticSeen>): DiagnosticSeen => ({
  ...place,
  code: "a",
  severity: "error",
  message: "wrong sizes",
  ...given,
});
const compared = (code: string, hints: HintSeen[], diagnostics: DiagnosticSeen[] = []): readonly string[] =>
  compare(blockOf(code), { hints, diagnostics }, 4);

describe("compare", () => {
  it("asks the widest hint that starts on the line", () => {
    const code = "f(x)(y)  # shape: (4,)  params: 3";
    assert.deepEqual(compared(code, [hint({ shapes: ["(9,)"] }), hint({ endColumn: 8 })]), []);
    assert.deepEqual(compared(code, []), ["1: Inlayer has no hint here"]);
    assert.equal(compared(code, [hint({ params: null })]).length, 1);
  });

  it("asks for a line that only ends a statement the hint that ends there", () => {
    assert.deepEqual(compared("f([\n  1,\n])  # shape: (4,)", [hint({ endLine: 7 })]), []);
  });

  it("demands each diagnostic claimed, with its message and columns", () => {
    const code = 'f(x)  # error: [a] "sizes"\n#^^';
    assert.deepEqual(compared(code, [], [seen({})]), []);
    assert.match(compared(code, [], [])[0] ?? "", /does not report it/);
    assert.match(compared(code, [], [seen({ message: "no" })])[0] ?? "", /says "no"/);
    assert.match(compared(code, [], [seen({ column: 2 })])[0] ?? "", /underlines columns 2 to 3, claimed are 1 to 3/);
    assert.equal(compared(code, [], [seen({ severity: "warning" })]).length, 2);
  });

  it("demands that each diagnostic is claimed; a hint only where hints are", () => {
    assert.match(compared("f(x)", [], [seen({})])[0] ?? "", /unclaimed/);
    assert.deepEqual(compared("f(x)", [], [seen({ severity: "hint" })]), []);
    assert.equal(compared("f(x)  # hint: [b]", [], [seen({ severity: "hint" })]).length, 2);
  });
});

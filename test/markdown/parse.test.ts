import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type LineClaim, parseMarkdown, sizesOf, tensorsOf } from "./parse.ts";
import { programOf } from "./program.ts";

const block = (code: string, info = "py"): string => `# Title\n\n\`\`\`${info}\n${code}\n\`\`\`\n`;
const claimsOf = (code: string): readonly LineClaim[] => {
  const { blocks, faults } = parseMarkdown(block(code));
  assert.deepEqual(faults, []);
  return blocks[0]?.claims ?? [];
};
const faultOf = (code: string): string | undefined => parseMarkdown(block(code)).faults[0]?.message;

describe("parseMarkdown", () => {
  it("finds the py blocks, under their headings, with their lines", () => {
    const { blocks } = parseMarkdown("# A\n```py\nx = 1\n```\n## B\n```sh\nls\n```\n```py\ny = 2\n```\n");
    assert.deepEqual(
      blocks.map(({ title, line, text }) => ({ title, line, text })),
      [
        { title: "A", line: 3, text: "x = 1\n" },
        { title: "B", line: 10, text: "y = 2\n" },
      ],
    );
  });

  it("reads shape, params and dtype in any order", () => {
    const [claim] = claimsOf("x = f()  # params: 6,528  dtype: int32  shape: (None,20, 5)");
    assert.deepEqual(claim?.shapes, ["(None, 20, 5)"]);
    assert.deepEqual(claim?.dtypes, ["int32"]);
    assert.equal(claim?.params, 6528);
  });

  it("tells several tensors from several results", () => {
    assert.deepEqual(claimsOf("f()  # shape: (2,), ()")[0]?.shapes, ["(2,), ()"]);
    assert.deepEqual(claimsOf("f()  # shape: (None, 2) | ? | (4)")[0]?.shapes, ["(None, 2)", "?", "(4,)"]);
  });

  it("reads diagnostics with a part of their message, and what is raised elsewhere", () => {
    const [claim] = claimsOf('f()  # error: [a-b] "shape: of" warning: [c] raises: ValueError');
    assert.deepEqual(claim?.diagnostics, [
      { severity: "error", code: "a-b", message: "shape: of", columns: undefined },
      { severity: "warning", code: "c", message: undefined, columns: undefined },
    ]);
    assert.equal(claim?.raises, "ValueError");
  });

  it("gives carets to the diagnostics in order, or to the code that they name", () => {
    const [claim] = claimsOf("f(a, b)  # error: [one] error: [two]\n# ^  # nothing\n#    ^ [two]\n# ^");
    assert.deepEqual(
      claim?.diagnostics.map((d) => d.columns),
      [
        { start: 3, end: 4 },
        { start: 6, end: 7 },
      ],
    );
  });

  it("counts a # that touches the carets as one of them", () => {
    assert.deepEqual(claimsOf("f(a)  # error: [one]\n#^^^")[0]?.diagnostics[0]?.columns, { start: 1, end: 5 });
  });

  it("leaves strings and ordinary comments alone", () => {
    assert.deepEqual(
      claimsOf(`x = "# shape: (1,)"\n# shape: (1,)\ny = 2  # A note: fine\nz = """\n# params: 3\n"""`),
      [],
    );
  });

  it("says what is wrong with a claim, and where", () => {
    assert.match(faultOf("f()  # shpe: (1,)") ?? "", /no claim is called shpe/);
    assert.match(faultOf("f()  # shape: 3") ?? "", /takes shapes/);
    assert.match(faultOf("f()  # params: many") ?? "", /takes a number/);
    assert.match(faultOf("f()  # error: code") ?? "", /takes a code in brackets/);
    assert.match(faultOf("f()  # shape: (1,) or so") ?? "", /not understood: or so/);
    assert.match(faultOf("f()\n#  ^") ?? "", /carets without a diagnostic/);
    assert.match(faultOf("f()  # error: [a]\n#  ^ ^") ?? "", /more carets/);
    assert.deepEqual(parseMarkdown(block("\nf()  # shape: 3")).faults[0]?.line, 5);
    assert.match(parseMarkdown("```py\nx").faults[0]?.message ?? "", /never closed/);
  });

  it("reads environment variables from the fence", () => {
    assert.deepEqual(parseMarkdown(block("x", "py WIDTH=32 MODE=a=b")).blocks[0]?.environment, {
      WIDTH: "32",
      MODE: "a=b",
    });
  });
});

describe("shapes as text", () => {
  it("divide at their own commas only", () => {
    assert.deepEqual(sizesOf("(None, min(a, b), 3)"), ["None", "min(a, b)", "3"]);
    assert.deepEqual(sizesOf("(3,)"), ["3"]);
    assert.deepEqual(sizesOf("()"), []);
    assert.deepEqual(tensorsOf("(None, 4), ?, ()"), ["(None, 4)", "?", "()"]);
  });
});

describe("programOf", () => {
  it("puts the common imports in front, unless the block has its own", () => {
    const of = (code: string) => parseMarkdown(block(code)).blocks.map(programOf)[0];
    assert.equal(of("x = 1")?.offset, 4);
    assert.equal(of("import tensorflow as tf")?.offset, 0);
    assert.equal(of("from tensorflow.keras import layers")?.offset, 0);
    assert.equal(of("import os")?.text.split("\n").at(-2), "import os");
  });
});

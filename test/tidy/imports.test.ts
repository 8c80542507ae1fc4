import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { importsOf, linesWith, resolved, type TextFile, under, withoutComments } from "./files.ts";

/** Who may know whom (ARCHITECTURE.md): a room imports itself and the rooms that stand before it here. */
const ROOMS = [
  "text",
  "tensor",
  "analysis.ts",
  "card.ts",
  "python",
  "search",
  "refactoring.ts",
  "graph",
  "lowering",
  "interpreter",
  "rules",
  "frameworks",
];
/** Frameworks in turn: shared declarations, Python's own library, then each that builds on those before it. */
const FRAMEWORKS = ["operation", "python", "numpy", "pandas", "pictures", "sklearn", "tensorflow", "keras"];

/** The parser, and how wide a character is. */
const PACKAGES: Readonly<Record<string, string>> = {
  "web-tree-sitter": "core/python/parser.ts",
  "string-width": "core/graph/table.ts",
};

const core = under("core");

/** The room of a path in core; what stands in core itself is a door and may know all of them. */
const roomOf = (path: string): string => path.replace(/^core\//, "").split("/")[0] ?? "";
const rank = (path: string): number => {
  const at = ROOMS.indexOf(roomOf(path));
  return at < 0 ? ROOMS.length : at;
};
const frameworkOf = (path: string): string | undefined => /^core\/frameworks\/(\w+)/.exec(path)?.[1];

const broken = (file: TextFile, isWrong: (path: string | undefined, specifier: string) => boolean): readonly string[] =>
  importsOf(file)
    .filter((specifier) => isWrong(resolved(file, specifier), specifier))
    .map((specifier) => `${file.path} imports ${specifier}`);

describe("core's rooms", () => {
  it("are known to this test", () => {
    const rooms = new Set(core.filter(({ path }) => path.split("/").length > 2).map(({ path }) => roomOf(path)));
    assert.deepEqual(
      [...rooms].filter((room) => !ROOMS.includes(room)),
      [],
    );
  });
  it("import only themselves and rooms above them", () => {
    const wrong = core.flatMap((file) => broken(file, (path) => path !== undefined && rank(path) > rank(file.path)));
    assert.deepEqual(wrong, []);
  });
  it("stay inside core", () => {
    assert.deepEqual(
      core.flatMap((file) => broken(file, (path) => path !== undefined && !path.startsWith("core/"))),
      [],
    );
  });
  it("have frameworks that know only those before them", () => {
    const place = (path: string): number => FRAMEWORKS.indexOf(frameworkOf(path) ?? "");
    const wrong = under("core/frameworks").flatMap((file) =>
      broken(file, (path) => path !== undefined && place(path) > place(file.path)),
    );
    assert.deepEqual(wrong, []);
    const names = new Set(under("core/frameworks").map(({ path }) => frameworkOf(path) ?? ""));
    assert.deepEqual(
      [...names].filter((name) => !FRAMEWORKS.includes(name)),
      [],
      "new frameworks take a place above",
    );
  });
});

describe("core is pure", () => {
  it("imports only packages that are pure themselves, each in one file", () => {
    const wrong = core.flatMap((file) =>
      broken(file, (path, specifier) => path === undefined && PACKAGES[specifier] !== file.path),
    );
    assert.deepEqual(wrong, []);
  });
  it("asks no clock, no chance, no process and no network", () => {
    const impure =
      /\b(Date\.now|new Date|performance\.|Math\.random|process\.|console\.|setTimeout|setInterval|fetch\(|require\()/;
    const wrong = core.flatMap((file) => linesWith(file, withoutComments(file.text), (line) => impure.test(line)));
    assert.deepEqual(wrong, []);
  });
  it("names no library above its framework", () => {
    const rooms = ["text", "tensor", "python", "interpreter"].flatMap((room) => under(`core/${room}`));
    const wrong = rooms.flatMap((file) => {
      // The formulas of the tensor room cite where they are from.
      const text = roomOf(file.path) === "tensor" ? withoutComments(file.text) : file.text;
      return linesWith(file, text, (line) => /keras|tensorflow|numpy/i.test(line));
    });
    assert.deepEqual(wrong, []);
  });
});

describe("around core", () => {
  const outside = [...under("server"), ...under("client")];

  it("everything comes through the one door", () => {
    const wrong = outside.flatMap((file) =>
      broken(file, (path) => path?.startsWith("core/") === true && path !== "core/index.ts"),
    );
    assert.deepEqual(wrong, []);
  });
  it("the server knows nothing of VS Code and of the client", () => {
    const wrong = under("server").flatMap((file) =>
      broken(file, (path, specifier) => specifier === "vscode" || path?.startsWith("client/") === true),
    );
    assert.deepEqual(wrong, []);
  });
  it("only server/protocol knows the protocol", () => {
    const wrong = under("server").flatMap((file) =>
      broken(file, (_, specifier) => specifier.startsWith("vscode-") && !file.path.startsWith("server/protocol/")),
    );
    assert.deepEqual(wrong, []);
  });
});

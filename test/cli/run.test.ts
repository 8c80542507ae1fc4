import assert from "node:assert/strict";
import { chmodSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import type { ModelReport } from "../../core/index.ts";
import { NONE } from "../../core/tensor/dim.ts";
import { shape } from "../../core/tensor/shape.ts";
import { HELP } from "../../server/cli/options.ts";
import { diskFileSystem } from "../../server/workspace/disk.ts";
import { folder } from "../workspace/folder.ts";
import { inlayer, stubCore } from "./stub.ts";

const quiet = stubCore(() => ({}));
/** Has an error in every file that says so. */
const strict = stubCore(({ text }) => {
  const found = /error|warning/.exec(text);
  if (!found) return {};
  const severity = found[0] === "error" ? ("error" as const) : ("warning" as const);
  const span = { start: found.index, end: found.index + 5 };
  return { diagnostics: [{ code: "a-code", severity, span, message: "m", related: [], fixes: [] }] };
});
const paths = (out: string) => (JSON.parse(out) as { files: { path: string }[] }).files.map(({ path }) => path);

test("the exit code says what was found", async (t) => {
  const root = folder(t, { "clean.py": "", "faulty.py": "error", "odd.py": "warning" });
  const code = async (...args: string[]) => (await inlayer(root, strict, ["check", ...args])).code;
  assert.equal(await code("clean.py"), 0);
  assert.equal(await code("clean.py", "odd.py"), 0);
  assert.equal(await code("clean.py", "faulty.py"), 1);
  assert.equal(await code("clean.py", "nothing.py"), 2);
  assert.equal(await code("faulty.py", "nothing.py"), 2);
});

test("rules are as grave as was said", async (t) => {
  const root = folder(t, { "faulty.py": "error" });
  const settings: unknown[] = [];
  const heard = stubCore((_, project) => {
    settings.push(project.settings.severities);
    return {};
  });
  await inlayer(root, heard, ["check", "--rule", "memory=off", "--rule", "data-shape=hint", "faulty.py"]);
  assert.deepEqual(settings, [{ memory: "off", "data-shape": "hint" }]);
  const { code, err } = await inlayer(root, heard, ["check", "--rule", "memory=loud", "faulty.py"]);
  assert.equal(code, 2);
  assert.match(err, /error, warning, information, hint, off/);
  const misspelt = await inlayer(root, heard, ["check", "--rule", "data-shap=off", "faulty.py"]);
  assert.equal(misspelt.code, 2);
  assert.match(misspelt.err, /no rule 'data-shap'/);
});

test("files come in the order asked for, called as they were asked for, each once", async (t) => {
  const root = folder(t, { "b.py": "", "a.py": "", "src/z.py": "", "src/in/y.py": "", "notes.txt": "" });
  const order = async (...args: string[]) =>
    paths((await inlayer(root, quiet, ["check", "--format", "json", ...args])).out);
  assert.deepEqual(await order("b.py", "./a.py"), ["b.py", "./a.py"]);
  assert.deepEqual(await order("src/", "a.py"), ["src/in/y.py", "src/z.py", "a.py"]);
  assert.deepEqual(await order("."), ["a.py", "b.py", "src/in/y.py", "src/z.py"]);
  assert.deepEqual(await order(join(root, "src")), [join(root, "src/in/y.py"), join(root, "src/z.py")]);
  assert.deepEqual(await order("src/z.py", "./src", "src/z.py"), ["src/z.py", "src/in/y.py"]);
  assert.deepEqual(await order("notes.txt"), ["notes.txt"], "whatever was asked for is read as Python");
});

test("what cannot be read gets its line, and the others are still done", async (t) => {
  const root = folder(t, {
    "good.py": "",
    "binary.py": "\0\0",
    "latin.py": Buffer.from("x = 'ä'", "latin1"),
    "broken.ipynb": "{",
    "julia.ipynb": JSON.stringify({ metadata: { language_info: { name: "julia" } }, cells: [] }),
    "empty/notes.txt": "",
    "locked.py": "",
  });
  chmodSync(join(root, "locked.py"), 0);
  const locked = {
    ...diskFileSystem,
    read: (path: string) =>
      path.endsWith("locked.py")
        ? Promise.reject(Object.assign(new Error("secret"), { code: "EACCES" }))
        : diskFileSystem.read(path),
  };
  const args = [
    "nothing.py",
    "binary.py",
    "latin.py",
    "broken.ipynb",
    "julia.ipynb",
    "empty",
    "locked.py",
    "",
    "good.py",
  ];
  const { code, out, err } = await inlayer(root, quiet, ["check", ...args], { files: locked });
  assert.equal(code, 2);
  assert.equal(out, "good.py\n1 │\n\n1 file · nothing to report\n");
  assert.deepEqual(err.trimEnd().split("\n"), [
    "inlayer: nothing.py: no such file or directory",
    "inlayer: empty: there is no Python in this directory",
    "inlayer: '': no such file or directory",
    "inlayer: binary.py: it is not text: it holds NUL bytes",
    "inlayer: latin.py: it is not text in UTF-8: save it as UTF-8, or name its encoding in its first line",
    "inlayer: broken.ipynb: it is not a notebook: its JSON is broken",
    "inlayer: julia.ipynb: its cells are julia, not Python",
    "inlayer: locked.py: no permission to read it",
  ]);
  const json = await inlayer(root, quiet, ["check", "--format=json", "nothing.py"]);
  assert.deepEqual([json.code, JSON.parse(json.out)], [2, { version: 1, files: [] }]);
});

test("a notebook in another language is no fault of the folder that it is in", async (t) => {
  const julia = JSON.stringify({ metadata: { language_info: { name: "julia" } }, cells: [] });
  const root = folder(t, { "julia.ipynb": julia, "a.py": "" });
  const { code, out, err } = await inlayer(root, quiet, ["check", ".", "--format", "json"]);
  assert.deepEqual([code, paths(out), err], [0, ["a.py"], ""]);
});

test("a fault of Inlayer's own is one line, not a stack", async (t) => {
  const root = folder(t, { "a.py": "", "b.py": "" });
  const broken = stubCore(({ path }) => {
    if (path.endsWith("a.py")) throw new TypeError("x is not a function");
    return {};
  });
  const { code, out, err } = await inlayer(root, broken, ["check", "a.py", "b.py"]);
  assert.equal(code, 2);
  assert.equal(err, "inlayer: a.py: Inlayer itself failed on it, please report this: x is not a function\n");
  assert.match(out, /^b\.py\n/);
});

test("settings and the root reach the analysis", async (t) => {
  const root = folder(t, { "code/a.py": "", "lib/helper.py": "found", "code/helper.py/": "" });
  const asked: string[] = [];
  const core = stubCore((file, { settings, answers }) => {
    const [answer] = answers.values();
    asked.push(`${settings.keras} ${answer === undefined ? "?" : (answer?.text ?? "none")}`);
    return { missing: [{ kind: "module", from: file.path, name: "helper" }] };
  });
  await inlayer(root, core, ["check", "code/a.py", "--keras", "2", "--root", "lib"]);
  await inlayer(root, core, ["check", "code/a.py"]);
  assert.deepEqual(asked, ["2 ?", "2 found", "auto ?", "auto none"]);
  const { code, err } = await inlayer(root, core, ["check", "code/a.py", "--root", "nowhere"]);
  assert.deepEqual([code, err], [2, "inlayer: --root nowhere: no such directory\n"]);
});

test("bad usage says what is wrong", async (t) => {
  const root = folder(t, {});
  const misuse = async (...args: string[]) => {
    const { code, out, err } = await inlayer(root, quiet, args);
    assert.deepEqual([code, out], [2, ""]);
    return err;
  };
  const hint = "Try 'inlayer --help'.\n";
  assert.equal(await misuse(), `inlayer: what to do?\n${hint}`);
  assert.equal(await misuse("explain"), `inlayer: there is no command 'explain'\n${hint}`);
  assert.equal(await misuse("check"), `inlayer: check needs at least one file or folder\n${hint}`);
  assert.equal(
    await misuse("check", "a", "--format", "xml"),
    `inlayer: --format is text, concise, json, sarif, github, junit, not 'xml'\n${hint}`,
  );
  assert.equal(await misuse("check", "a", "--keras=4"), `inlayer: --keras is auto, 2, 3, not '4'\n${hint}`);
  assert.equal(await misuse("check", "--fast", "a"), `inlayer: Unknown option '--fast'\n${hint}`);
  assert.equal(await misuse("check", "a", "--format"), `inlayer: Option '--format <value>' argument missing\n${hint}`);
  assert.match(await misuse("summary"), /summary needs one FILE/);
  assert.match(await misuse("summary", "a", "b"), /summary needs one FILE/);
  assert.match(await misuse("summary", "a", "--line-length", "wide"), /--line-length is a whole number, not 'wide'/);
  assert.match(await misuse("lsp"), /lsp needs --stdio/);
});

test("lsp serves an editor", async (t) => {
  let served = 0;
  const serve = async () => {
    served++;
  };
  const { code, out, err } = await inlayer(folder(t, {}), quiet, ["lsp", "--stdio"], { serve });
  assert.deepEqual([code, out, err, served], [0, "", "", 1]);
});

test("help and version", async (t) => {
  const root = folder(t, {});
  for (const args of [["--help"], ["-h"], ["help"], ["check", "--help"], ["summary", "-h"], ["lsp", "--help"]])
    assert.deepEqual(await inlayer(root, quiet, args), { code: 0, out: HELP, err: "" });
  assert.deepEqual(await inlayer(root, quiet, ["--version"]), { code: 0, out: "1.2.3\n", err: "" });
  for (const line of HELP.split("\n")) assert.ok(line.length <= 120);
});

const model = (name: string, kerasName: string): ModelReport => ({
  ...{ name, kerasName, kind: "sequential", span: { start: 0, end: 1 }, inputs: undefined, outputs: undefined },
  ...{ params: 60, trainable: 60, nonTrainable: 0 },
  layers: [
    {
      ...{
        name: "dense",
        type: "Dense",
        location: undefined,
        params: 60,
        trainable: true,
        connectedTo: [],
        nested: [],
      },
      output: { shape: shape(NONE, 20, 10), dtype: "float32" },
    },
  ],
});

test("summary prints Keras's table of each model, or of the one that is named", async (t) => {
  const root = folder(t, { "a.py": "xyz", "b:c.py": "xyz", "none.py": "" });
  const core = stubCore(({ text }) => ({
    models: text ? [model("encoder", "sequential"), model("decoder", "tail")] : [],
  }));
  const of = (...args: string[]) => inlayer(root, core, ["summary", ...args]);
  const table = (name: string) => `Model: "${name}"
┏━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━┓
┃ Layer (type)                    ┃ Output Shape           ┃       Param # ┃
┡━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━┩
│ dense (Dense)                   │ (None, 20, 10)         │            60 │
└─────────────────────────────────┴────────────────────────┴───────────────┘
 Total params: 60 (240.00 B)
 Trainable params: 60 (240.00 B)
 Non-trainable params: 0 (0.00 B)
`;
  assert.deepEqual(await of("a.py"), { code: 0, out: `${table("sequential")}\n${table("tail")}`, err: "" });
  assert.deepEqual(await of("a.py:decoder"), { code: 0, out: table("tail"), err: "" });
  assert.deepEqual(await of("a.py:sequential"), { code: 0, out: table("sequential"), err: "" });
  assert.equal((await of("b:c.py")).code, 0, "a file's name may have a colon");
  assert.equal((await of("b:c.py:encoder")).out, table("sequential"));
  assert.match((await of("a.py:decoder", "--line-length", "60")).out, /^┏[━┳]{58}┓$/m);
  const coloured = await of("a.py:decoder", "--show-trainable", "--color", "always");
  assert.ok(coloured.out.includes("\x1b[1m\x1b[38;5;34mY\x1b[39m\x1b[22m"));
  assert.deepEqual(await of("a.py:other"), {
    ...{ code: 2, out: "" },
    err: "inlayer: a.py: it builds no model called 'other'; there is encoder, decoder\n",
  });
  assert.deepEqual(await of("none.py"), {
    code: 2,
    out: "",
    err: "inlayer: none.py: it builds no model; a function that makes one has to be called\n",
  });
  assert.deepEqual(await of("x.py"), { code: 2, out: "", err: "inlayer: x.py: no such file or directory\n" });
  assert.deepEqual(await of("."), { code: 2, out: "", err: "inlayer: .: it is not a file\n" });
});

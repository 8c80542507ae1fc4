import assert from "node:assert/strict";
import { join, relative } from "node:path";
import test from "node:test";
import { missingKey } from "../../core/index.ts";
import { analyseFile } from "../../server/workspace/analyse.ts";
import { diskFileSystem as disk } from "../../server/workspace/disk.ts";
import { pythonDocument } from "../../server/workspace/document.ts";
import { saidFolders } from "../../server/workspace/importPath.ts";
import { projectResolver } from "../../server/workspace/modules.ts";
import { findRoot } from "../../server/workspace/root.ts";
import { stubCore } from "../cli/stub.ts";
import { folder } from "./folder.ts";

test("the root is the nearest pyproject.toml or .git above, else the file's folder", async (t) => {
  const root = folder(t, {
    "repo/.git/HEAD": "",
    "repo/tool/pyproject.toml": "",
    "repo/tool/deep/er/a.py": "",
    "repo/lib/a.py": "",
    "loose/a.py": "",
  });
  const rootOf = async (file: string) => relative(root, await findRoot(disk, join(root, file)));
  assert.equal(await rootOf("repo/tool/deep/er/a.py"), "repo/tool");
  assert.equal(await rootOf("repo/lib/a.py"), "repo");
  assert.equal(await rootOf("loose/a.py"), "loose");
});

test("imports resolve as Python would resolve them", async (t) => {
  const root = folder(t, {
    "scripts/train.py": "",
    "scripts/helpers.py": "here",
    "helpers.py": "root",
    "blocks/__init__.py": "package",
    "blocks/unet.py": "unet",
    "blocks/deep/__init__.py": "",
    "blocks/deep/er.py": "er",
    "blocks.py": "shadowed by the package",
    "src/models/__init__.py": "",
    "src/models/net.py": "net",
    "spread/one.py": "one",
    "src/spread/two.py": "two",
    "src/whole/__init__.py": "whole",
    "whole/part.py": "",
    "latin.py": Buffer.from("x = 'ä'", "latin1"),
  });
  const resolve = projectResolver(disk, join(root, "scripts/train.py"), root);
  const find = async (name: string, from = "scripts/train.py") => {
    const found = await resolve({ kind: "module", from: join(root, from), name });
    return found && [relative(root, found.path), found.text];
  };
  assert.deepEqual(await find("helpers"), ["scripts/helpers.py", "here"], "the file's own folder comes first");
  assert.deepEqual(await find("blocks"), ["blocks/__init__.py", "package"], "a package before a module");
  assert.deepEqual(await find("blocks.unet"), ["blocks/unet.py", "unet"]);
  assert.deepEqual(await find("models.net"), ["src/models/net.py", "net"]);
  assert.deepEqual(await find("spread"), ["spread/__init__.py", ""], "a folder is a namespace");
  assert.deepEqual(await find("spread.one"), ["spread/one.py", "one"]);
  assert.deepEqual(await find("spread.two"), ["src/spread/two.py", "two"], "a namespace has several folders");
  assert.deepEqual(await find("whole"), ["src/whole/__init__.py", "whole"], "a package before a namespace");
  assert.equal(await find("numpy"), null);
  assert.equal(await find("helpers.x"), null, "a module has no modules");
  assert.equal(await find("latin"), null, "what cannot be read is none");
  for (const odd of ["", "a..b", "../x", "a/b", "blocks."]) assert.equal(await find(odd, "a.py"), null, odd);
});

test("relative imports go by the importing file's package", async (t) => {
  const root = folder(t, {
    "pkg/__init__.py": "top",
    "pkg/a.py": "a",
    "pkg/sub/__init__.py": "sub",
    "pkg/sub/b.py": "b",
    "pkg/plain/c.py": "c",
  });
  const resolve = projectResolver(disk, join(root, "main.py"), root);
  const find = async (name: string, from: string) => {
    const found = await resolve({ kind: "module", from: join(root, from), name });
    return found && [relative(root, found.path), found.text];
  };
  assert.deepEqual(await find(".b", "pkg/sub/__init__.py"), ["pkg/sub/b.py", "b"]);
  assert.deepEqual(await find("..a", "pkg/sub/b.py"), ["pkg/a.py", "a"]);
  assert.deepEqual(await find("..sub.b", "pkg/sub/b.py"), ["pkg/sub/b.py", "b"]);
  assert.deepEqual(await find(".", "pkg/sub/b.py"), ["pkg/sub/__init__.py", "sub"]);
  assert.deepEqual(await find("..", "pkg/sub/b.py"), ["pkg/__init__.py", "top"]);
  assert.deepEqual(await find("..plain.c", "pkg/sub/b.py"), ["pkg/plain/c.py", "c"]);
  assert.deepEqual(await find(".", "pkg/plain/c.py"), ["pkg/plain/__init__.py", ""]);
  assert.equal(await find(".nothing", "pkg/a.py"), null);
  assert.equal(await find(`${".".repeat(99)}a`, "pkg/a.py"), null);
});

test("asks until nothing is missing, and each thing once", async () => {
  const asked: string[] = [];
  const chain = ["b", "c", "d", "absent"];
  const core = stubCore((file, { answers }) => {
    const keys = chain.map((name, i) => ({
      kind: "module" as const,
      name,
      from: i === 0 ? file.path : `/${chain[i - 1]}.py`,
    }));
    const open = keys.find((missing) => !answers.has(missingKey(missing)));
    // What is known already may be asked for again.
    return { missing: open ? [...keys.slice(0, 1), open] : keys };
  });
  const { documents } = await analyseFile(
    core,
    pythonDocument("/a.py", ""),
    async ({ name }) => {
      asked.push(name);
      return name === "absent" ? null : pythonDocument(`/${name}.py`, "");
    },
    { keras: "auto" },
  );
  assert.deepEqual(asked, chain);
  assert.deepEqual([...documents.keys()], ["/a.py", "/b.py", "/c.py", "/d.py"]);
});

test("a project that asks for ever is given up", async () => {
  let asked = 0;
  const core = stubCore((file) => ({ missing: [{ kind: "module", from: file.path, name: `m${asked}` }] }));
  const count = async () => {
    asked++;
    return null;
  };
  await analyseFile(core, pythonDocument("/a.py", ""), count, { keras: "auto" });
  assert.ok(asked > 50 && asked < 1000);
});

test("a folder between the file's and the root is looked in too, the nearest first", async (t) => {
  const root = folder(t, {
    ".git/HEAD": "",
    "code/train/run/train.py": "",
    "code/models/net.py": "code",
    "code/train/models/net.py": "train",
    "code/blocks.py": "blocks",
  });
  const resolve = projectResolver(disk, join(root, "code/train/run/train.py"), root);
  const find = async (name: string) => {
    const found = await resolve({ kind: "module", from: join(root, "code/train/run/train.py"), name });
    return found?.text;
  };
  assert.equal(await find("models.net"), "train");
  assert.equal(await find("blocks"), "blocks");
});

test("a file of a package may name its package, though nothing marks the root", async (t) => {
  const root = folder(t, { "pkg/__init__.py": "", "pkg/sub/__init__.py": "", "pkg/sub/a.py": "", "pkg/b.py": "b" });
  const file = join(root, "pkg/sub/a.py");
  const found = await projectResolver(disk, file, join(root, "pkg/sub"))({ kind: "module", from: file, name: "pkg.b" });
  assert.equal(found?.text, "b");
});

const SAID: readonly (readonly [string, string])[] = [
  ["import sys\nsys.path.append('../lib')", "a/lib"],
  ["sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))", "a/lib"],
  ["sys.path.append(str(Path(__file__).resolve().parent.parent / 'lib'))", "a/lib"],
  ["HERE = os.path.dirname(os.path.abspath(__file__))\nsys.path.append(os.path.join(HERE, '../lib'))", "a/lib"],
  ["sys.path += ['lib', '../other']", "a/other"],
  ["sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))", "a"],
  ["ROOT = Path(__file__).parents[1]\nsys.path.insert(0, str(ROOT))", "a"],
];
for (const [text, expected] of SAID) {
  test(`sys.path is told of a folder: ${text}`, async (t) => {
    const root = folder(t, { "a/b/main.py": text, [`${expected}/there.py`]: "found" });
    const file = join(root, "a/b/main.py");
    const resolve = projectResolver(disk, file, join(root, "a/b"));
    const found = await resolve({ kind: "module", from: file, name: "there" });
    assert.equal(found?.text, "found");
  });
}

test("a package says by its __path__ where else its modules are", async (t) => {
  const root = folder(t, {
    "pkg/__init__.py": 'import os\n__path__.append(os.path.join(os.path.dirname(__file__), "api"))\n',
    "pkg/api/layers/__init__.py": "layers",
    "pkg/api/own.py": "not this",
    "pkg/own.py": "own",
    "api/layers.py": "not this",
    "main.py": "",
  });
  const resolve = projectResolver(disk, join(root, "main.py"), root);
  const find = async (name: string) => (await resolve({ kind: "module", from: join(root, "main.py"), name }))?.text;
  assert.equal(await find("pkg.layers"), "layers");
  assert.equal(await find("pkg.own"), "own");
  assert.equal(await find("pkg.other"), undefined);
});

test("a comment on sys.path, or a folder of another machine, says nothing", () => {
  const said = (text: string) => saidFolders(disk, "/project/a/main.py", "/project", text);
  assert.deepEqual(said("# sys.path.append('lib')\nsys.path.append('/opt/lib')\n"), []);
});

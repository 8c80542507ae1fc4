import assert from "node:assert/strict";
import { symlinkSync } from "node:fs";
import { join, relative } from "node:path";
import test from "node:test";
import { diskFileSystem } from "../../server/workspace/disk.ts";
import { walk } from "../../server/workspace/walk.ts";
import { folder } from "./folder.ts";

async function found(root: string, inside = "."): Promise<string[]> {
  const files: string[] = [];
  for await (const file of walk(diskFileSystem, join(root, inside))) files.push(relative(root, file));
  return files;
}

test("finds Python and notebooks, sorted by name in each folder", async (t) => {
  const root = folder(t, {
    "b.py": "",
    "a.ipynb": "",
    "c.txt": "",
    "a/z.py": "",
    "a/b/y.py": "",
    "B.py": "",
    "b.pyc": "",
  });
  assert.deepEqual(await found(root), ["B.py", "a/b/y.py", "a/z.py", "a.ipynb", "b.py"]);
});

test("leaves out environments, installed packages and what tools keep", async (t) => {
  const root = folder(t, {
    "a.py": "",
    "venv/a.py": "",
    ".venv/lib/a.py": "",
    "mine/pyvenv.cfg": "",
    "mine/lib/a.py": "",
    "env/bin/activate": "",
    "env/lib/a.py": "",
    "conda/conda-meta/history": "",
    "conda/a.py": "",
    "lib/python3.11/site-packages/keras/a.py": "",
    "node_modules/node-gyp/gyp.py": "",
    ".git/hooks/a.py": "",
    ".ipynb_checkpoints/a.ipynb": "",
    "__pycache__/a.py": "",
    "environment/env/a.py": "",
  });
  assert.deepEqual(await found(root), ["a.py", "environment/env/a.py"]);
  assert.deepEqual(await found(root, "venv"), ["venv/a.py"], "what is asked for by name is read");
});

test("leaves out what .gitignore excludes at every level", async (t) => {
  const root = folder(t, {
    ".gitignore": "build/\n*_pb2.py\n/top.py\n!keep_pb2.py\ndeep/**/x.py\n",
    "a.py": "",
    "a_pb2.py": "",
    "top.py": "",
    "build/a.py": "",
    "sub/top.py": "",
    "sub/keep_pb2.py": "",
    "sub/.gitignore": "*.ipynb\n!b_pb2.py\n",
    "sub/b_pb2.py": "",
    "sub/n.ipynb": "",
    "sub/build": "a file",
    "deep/er/x.py": "",
    "n.ipynb": "",
    "A_PB2.py": "",
  });
  assert.deepEqual(await found(root), ["A_PB2.py", "a.py", "n.ipynb", "sub/b_pb2.py", "sub/keep_pb2.py", "sub/top.py"]);
});

test("the rules above hold too, as far up as the repository goes", async (t) => {
  const files = { "out/.gitignore": "b.py\n", "out/in/a.py": "", "out/in/b.py": "" };
  const loose = folder(t, files);
  assert.deepEqual(await found(loose, "out/in"), ["out/in/a.py", "out/in/b.py"]);
  const repository = folder(t, { ...files, ".git/HEAD": "", ".gitignore": "a.py\n" });
  assert.deepEqual(await found(repository, "out/in"), []);
  const ignored = folder(t, { ".git/HEAD": "", ".gitignore": "out/\n", "out/a.py": "" });
  assert.deepEqual(await found(ignored), []);
  assert.deepEqual(await found(ignored, "out"), ["out/a.py"], "what is asked for by name is read");
});

test("does not follow links in circles", async (t) => {
  const root = folder(t, { "a/a.py": "" });
  symlinkSync(root, join(root, "a", "again"));
  symlinkSync(join(root, "a", "a.py"), join(root, "linked.py"));
  symlinkSync(join(root, "nowhere"), join(root, "dead.py"));
  assert.deepEqual(await found(root), ["a/a.py", "linked.py"]);
});

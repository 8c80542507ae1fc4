import assert from "node:assert/strict";
import test from "node:test";
import { canonical, schemeOf, uriPaths } from "../../server/workspace/uris.ts";

test("one file has one URI, however an editor writes it", () => {
  const same = [
    ["file:///c%3A/Users/a%20b.py", "file:///C:/Users/a b.py", "FILE:///c:/Users/a%20b.py#x"],
    ["file:///home/%C3%A4.py", "file:///home/ä.py"],
    ["file:///a/100%25.py"],
    ["untitled:Untitled-1"],
    ["vscode-vfs://github/owner/name/a.py"],
  ];
  for (const spellings of same) {
    const [first = "", ...others] = spellings.map(canonical);
    for (const other of others) assert.equal(other, first);
    assert.equal(canonical(first), first);
  }
  assert.equal(new Set(same.map(([it = ""]) => canonical(it))).size, same.length);
  assert.equal(canonical("file:///a/100%.py"), "file:///a/100%25.py");
});

test("up and down", () => {
  assert.equal(uriPaths.dirname("file:///a/b.py"), "file:///a");
  assert.equal(uriPaths.dirname("file:///a"), "file:///");
  assert.equal(uriPaths.dirname("file:///"), "file:///");
  assert.equal(uriPaths.dirname("memfs:/a/b"), "memfs:/a");
  assert.equal(uriPaths.dirname("vscode-vfs://github/a/b"), "vscode-vfs://github/a");
  assert.equal(uriPaths.dirname("untitled:Untitled-1"), "untitled:");
  assert.equal(uriPaths.dirname(uriPaths.dirname("untitled:Untitled-1")), "untitled:");
  assert.equal(uriPaths.join("file:///a", "b c", "d.py"), "file:///a/b%20c/d.py");
  assert.equal(uriPaths.join("file:///", "d.py"), "file:///d.py");
  assert.equal(schemeOf("FILE:///a"), "file");
});

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { CUT } from "../../core/index.ts";
import { dataDocument } from "../../server/workspace/dataFile.ts";
import type { Files } from "../../server/workspace/fileSystem.ts";

const folder = (files: Readonly<Record<string, Uint8Array>>): Files => ({
  read: (path) => Promise.resolve(files[path] ?? new Uint8Array()),
  kind: (path) => Promise.resolve(Object.hasOwn(files, path) ? "file" : undefined),
  dirname: (path) => path.slice(0, path.lastIndexOf("/")),
  join: (...parts) => parts.join("/"),
});
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe("a file of data", () => {
  it("is found beside the program, or at the root", async () => {
    const files = folder({ "/p/a/x.csv": bytes("a,b\n"), "/p/data/y.csv": bytes("c\n") });
    assert.equal((await dataDocument(files, ["/p/a", "/p"], "x.csv"))?.text, "a,b\n");
    assert.equal((await dataDocument(files, ["/p/a", "/p"], "data/y.csv"))?.text, "c\n");
    assert.equal(await dataDocument(files, ["/p/a", "/p"], "z.csv"), null);
  });
  it("is read from its beginning where it is large, and says so", async () => {
    const files = folder({ "/p/x.csv": bytes("1,2\n".repeat(400_000)) });
    const text = (await dataDocument(files, ["/p"], "x.csv"))?.text ?? "";
    assert.equal(text.length, (1 << 20) + CUT.length);
    assert.ok(text.endsWith(CUT));
  });
  it("is a character for each byte where it holds an array", async () => {
    const files = folder({ "/p/x.npy": Uint8Array.of(0x93, 0x4e, 0x55) });
    assert.equal((await dataDocument(files, ["/p"], "x.npy"))?.text, "\u0093NU");
  });
  it("of another kind is left alone", async () => {
    const files = folder({ "/p/secrets.env": bytes("a") });
    assert.equal(await dataDocument(files, ["/p"], "secrets.env"), null);
  });
});

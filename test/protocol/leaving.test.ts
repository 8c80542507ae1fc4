import assert from "node:assert/strict";
import { test } from "node:test";
import type { VerifiedProgram } from "../../server/protocol/host.ts";
import type { ToldResult } from "../../server/protocol/messages.ts";
import { openEditor } from "./editor.ts";
import { MODEL } from "./programs.ts";

/** What leaves the server: files of models, and a user's program that is run. */
const uri = "file:///project/model.py";

test("a model is written as ONNX, in the worker", async () => {
  const written = new Map<string, Uint8Array>();
  const editor = await openEditor({ write: async (to, bytes) => void written.set(to, bytes) }).initialize();
  await editor.open(uri, MODEL);
  const target = "file:///project/model.onnx";
  const told = await editor.request<ToldResult>("inlayer/export", { uri, model: 0, target });
  assert.deepEqual(told, {
    title: "model",
    lines: [
      "5 nodes, 27.2 kB of weights, drawn",
      "input input_layer (batch, 10, 5) float32",
      "output dense_1 (batch, 10) float32",
    ],
  });
  assert.ok(Buffer.from(written.get(target) ?? []).includes("dense_1/kernel"));
  const elsewhere = await editor.request<ToldResult>("inlayer/export", { uri, model: 0, target: "memfs:/a.onnx" });
  assert.equal(elsewhere.problem, "There is no disk here to write a model to.");
  await editor.end();
});

test("a program is run only in a workspace that is trusted, and only where Python can be", async () => {
  const ran: VerifiedProgram[] = [];
  const verify = async (program: VerifiedProgram) => {
    ran.push(program);
    return [{ saw: 0, shapes: [[null, 7]] }, { ended: true }] as const;
  };
  const editor = await openEditor({ verify }).initialize();
  await editor.open(uri, MODEL);
  const ask = (trusted: boolean) =>
    editor.request<ToldResult>("inlayer/verify", { uri, trusted, python: "/usr/bin/python" });
  assert.equal((await ask(false)).problem, "In a workspace that you do not trust, Inlayer runs nothing.");
  assert.deepEqual(ran, []);
  const told = await ask(true);
  assert.deepEqual(
    ran.map(({ text, python }) => [text, python]),
    [[MODEL, "/usr/bin/python"]],
  );
  assert.match(told.lines.at(-1) ?? "", /^0 confirmed, 1 refuted, \d+ not reached$/);
  assert.match(told.refuted?.[0]?.message ?? "", /^Keras gives \(None, 7\), and Inlayer says /);
  await editor.end();
  const other = await openEditor({ verify: undefined as never }).initialize();
  await other.open(uri, MODEL);
  const refused = await other.request<ToldResult>("inlayer/verify", { uri, trusted: true });
  assert.equal(refused.problem, "There is no Python here to run.");
  await other.end();
});

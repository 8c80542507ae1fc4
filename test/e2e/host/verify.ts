import assert from "node:assert/strict";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "mocha";
import { ConfigurationTarget, commands, languages, Position, WorkspaceEdit, window, workspace } from "vscode";
import { eventually, hintsWhen, open } from "./support.ts";

/** With the real Keras: `npm run oracle -- --verify`. Here a program in the place of Python says what it saw. */
const ANSWERS = `
let given = "";
process.stdin.on("data", (it) => { given += it; }).on("end", () => {
  const say = (fact) => console.log(JSON.stringify(fact));
  say({ started: ["keras 3.0.0"], python: "3.12.0" });
  for (const [saw] of JSON.parse(given).spans.entries()) say({ saw, shapes: [null] });
  for (const [saw] of JSON.parse(given).spans.entries()) say({ saw, params: 19466 });
  say({ recorded: "fit", line: 16 });
  say({ ended: true });
});`;
const endless = (sign: string): string =>
  `require("fs").writeFileSync(${JSON.stringify(sign)}, String(process.pid)); setInterval(() => {}, 1000);`;

const summary = (): string =>
  window.visibleTextEditors.find(({ document }) => document.uri.scheme === "inlayer-summary")?.document.getText() ?? "";
const isRunning = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe("verify with Keras", () => {
  const folder = mkdtempSync(join(tmpdir(), "inlayer-verify-"));
  const settings = () => workspace.getConfiguration("inlayer");
  const python = async (body: string): Promise<void> => {
    const path = join(folder, "python.cjs");
    writeFileSync(path, `#!${process.execPath}\n${body}\n`);
    chmodSync(path, 0o755);
    await settings().update("python", path, ConfigurationTarget.Global);
  };
  before(() => python(ANSWERS));
  after(async () => {
    await settings().update("python", undefined, ConfigurationTarget.Global);
    rmSync(folder, { recursive: true });
  });

  it("marks the hints that the run refutes until the next edit, and lists every one", async () => {
    const document = await open("digits.py");
    await hintsWhen(document, 14, /650/);
    const marks = () =>
      languages
        .getDiagnostics(document.uri)
        .filter(({ source }) => source === "Inlayer, verified with Keras")
        .map(({ range }) => range.start.line + 1);
    void commands.executeCommand("inlayer.verify", document.uri.toString());
    const text = await eventually(summary, (it) => it.includes("recorded"));
    assert.match(text, /keras 3\.0\.0, Python 3\.12\.0/);
    assert.match(text, /^✓ 13 {2}block +\(None, 5, 5, 64\).*confirmed$/m);
    assert.match(text, /^✗ 14 {2}Dense .*650 params, Keras: .*19466 params +REFUTED$/m);
    assert.match(text, /^recorded, not run: fit, line 16$/m);
    const found = await eventually(marks, (lines) => lines.length > 0);
    assert.ok(found.includes(14) && !found.includes(13), `${found}`);
    const edit = new WorkspaceEdit();
    edit.insert(document.uri, new Position(0, 0), "\n");
    await workspace.applyEdit(edit);
    assert.deepEqual(await eventually(marks, (lines) => lines.length === 0), []);
    await window.showTextDocument(document);
    await commands.executeCommand("workbench.action.files.revert");
    await commands.executeCommand("workbench.action.closeAllEditors");
  });
  it("ends the program's process when it is cancelled", async () => {
    const sign = join(folder, "pid");
    await python(endless(sign));
    const document = await open("digits.py");
    await hintsWhen(document, 14, /650/);
    void Promise.resolve(commands.executeCommand("inlayer.verify", document.uri.toString())).catch(() => undefined);
    assert.ok(await eventually(() => existsSync(sign) && readFileSync(sign, "utf8") !== "", Boolean));
    const pid = Number(readFileSync(sign, "utf8"));
    assert.ok(isRunning(pid));
    await commands.executeCommand("notification.acceptPrimaryAction");
    assert.equal(
      await eventually(
        () => isRunning(pid),
        (it) => !it,
      ),
      false,
    );
    assert.equal(summary(), "");
  });
});

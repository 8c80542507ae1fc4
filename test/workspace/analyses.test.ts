import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Project, Settings } from "../../core/index.ts";
import { Analyses, type AnalysesHost } from "../../server/workspace/analyses.ts";
import { pythonDocument } from "../../server/workspace/document.ts";
import { OpenFiles } from "../../server/workspace/openFiles.ts";
import { stubCore } from "../cli/stub.ts";

const path = "file:///main.py";
const settings: Settings = { keras: "auto", fixes: false };
const nothing = { models: [], hints: [], diagnostics: [], unknowns: [] };

/** A host whose core reports the text as the reason of an unknown, in as many slices as the text has lines. */
function setUp(host: Partial<AnalysesHost> = {}) {
  const log: string[] = [];
  const open = new OpenFiles((changed) => analyses.changed(changed));
  const core = {
    ...stubCore(() => nothing),
    *analyseInSlices({ file }: Project) {
      for (const line of file.text.split("\n").slice(1)) {
        log.push(`slice ${line}`);
        yield;
      }
      log.push(`done ${file.text.split("\n")[0]}`);
      const unknowns = [{ span: { start: 0, end: 1 }, reason: file.text }];
      return { analysis: { path: file.path, ...nothing, unknowns }, missing: [] };
    },
  };
  const analyses: Analyses = new Analyses(open, {
    core: async () => core,
    resolve: async () => null,
    concerns: () => true,
    settings: () => settings,
    breathe: () => new Promise((resolve) => setImmediate(resolve)),
    delay: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
    now: () => 0,
    renewed: (renewed) => log.push(`renewed ${renewed}`),
    analysed: ({ file }) => log.push(`analysed ${file.text.split("\n")[0]}`),
    failed: (_, error) => log.push(`failed ${error}`),
    forget: (forgotten) => log.push(`forgot ${forgotten}`),
    ...host,
  });
  const set = (text: string) => open.setText({ uri: path, version: 1, text });
  return { log, open, analyses, set };
}

describe("an analysis", () => {
  test("of a text that is replaced meanwhile is dropped unpublished, and its askers get the new one's", async () => {
    const { log, analyses, set } = setUp();
    set("old\n1\n2\n3\n4\n5\n6");
    const asked = analyses.of(path);
    for (let i = 0; i < 4; i++) await new Promise((resolve) => setImmediate(resolve));
    set("new");
    assert.equal((await asked)?.file.text, "new");
    assert.ok(log.includes("slice 1"));
    assert.ok(!log.some((it) => /(done|analysed) old/.test(it)), log.join());
    assert.deepEqual(log.slice(-2), ["done new", "analysed new"]);
  });

  test("is made once for one text, however many ask", async () => {
    const { log, analyses, set } = setUp();
    set("a");
    await Promise.all([analyses.of(path), analyses.of(path)]);
    await analyses.of(path);
    assert.deepEqual(log, ["done a", "analysed a"]);
  });

  test("is forgotten with its file", async () => {
    const { log, analyses, open, set } = setUp();
    set("a\n1\n2\n3");
    const asked = analyses.of(path);
    open.closeText(path);
    assert.equal(await asked, undefined);
    assert.equal(await analyses.of(path), undefined);
    assert.deepEqual(log, [`forgot ${path}`]);
  });

  test("that fails is told, answered with nothing, and tried again with the next text", async () => {
    let fails = true;
    const { log, analyses, set } = setUp({
      settings: () => {
        if (fails) throw new Error("broken");
        return settings;
      },
    });
    set("a");
    assert.deepEqual((await analyses.of(path))?.analysis.unknowns, []);
    assert.deepEqual(log, ["failed Error: broken", "analysed a"]);
    fails = false;
    set("b");
    assert.equal((await analyses.of(path))?.analysis.unknowns.length, 1);
  });
});

describe("an answer", () => {
  const importing = (delayed: Promise<void>) => {
    const texts = { blocks: "1" };
    const asked: string[] = [];
    const core = {
      ...stubCore(() => nothing),
      // biome-ignore lint/correctness/useYield: it never has to wait
      *analyseInSlices({ file, answers }: Project) {
        const source = answers.get(`module blocks from ${file.path}`);
        const missing = source === undefined ? [{ kind: "module" as const, from: file.path, name: "blocks" }] : [];
        const unknowns = [
          { span: { start: 0, end: 1 }, reason: source === undefined ? "not read yet" : (source?.text ?? "none") },
        ];
        return { analysis: { path: file.path, ...nothing, unknowns }, missing };
      },
    };
    const made = setUp({
      core: async () => core,
      resolve: async (_, { name }) => {
        asked.push(name);
        await delayed;
        return pythonDocument("file:///blocks.py", texts.blocks);
      },
    });
    const reason = async () => (await made.analyses.of(path))?.analysis.unknowns[0]?.reason;
    return { ...made, texts, asked, reason };
  };

  test("is waited for a moment, and kept", async () => {
    const { set, reason, asked } = importing(Promise.resolve());
    set("a");
    assert.equal(await reason(), "1");
    set("b");
    assert.equal(await reason(), "1");
    assert.deepEqual(asked, ["blocks"]);
  });

  test("that comes late renews the analysis; nobody waits for it twice", async () => {
    let arrive = () => {};
    const { set, reason, log, asked } = importing(
      new Promise((resolve) => {
        arrive = resolve;
      }),
    );
    set("a");
    assert.equal(await reason(), "not read yet");
    set("b");
    assert.equal(await reason(), "not read yet");
    assert.deepEqual(asked, ["blocks"]);
    assert.ok(!log.includes(`renewed ${path}`));
    arrive();
    while (!log.includes(`renewed ${path}`)) await new Promise((resolve) => setImmediate(resolve));
    assert.equal(await reason(), "1");
  });

  test("is asked for again when its file changed", async () => {
    const { set, reason, texts, analyses } = importing(Promise.resolve());
    set("a");
    assert.equal(await reason(), "1");
    texts.blocks = "2";
    analyses.moduleChanged("file:///other.py");
    assert.equal(await reason(), "1");
    analyses.moduleChanged("file:///blocks.py");
    assert.equal(await reason(), "2");
    analyses.moduleChanged("file:///blocks.py", pythonDocument("file:///blocks.py", "3"));
    assert.equal(await reason(), "3");
    texts.blocks = "4";
    analyses.modulesChanged();
    assert.equal(await reason(), "4");
  });

  test("of another text tells only those whose analysis it changes", async () => {
    const { set, reason, log, texts, analyses } = importing(Promise.resolve());
    set("a");
    assert.equal(await reason(), "1");
    const settled = async () => {
      for (let i = 0; i < 20; i++) await new Promise((resolve) => setImmediate(resolve));
      return log.filter((it) => it.startsWith("renewed")).length;
    };
    // Written again as it was, as a tool does that formats on saving.
    analyses.moduleChanged("file:///blocks.py");
    analyses.modulesChanged();
    assert.equal(await settled(), 0);
    texts.blocks = "2";
    analyses.modulesChanged();
    assert.equal(await settled(), 1);
    analyses.moduleChanged("file:///blocks.py", pythonDocument("file:///blocks.py", "3"));
    analyses.moduleChanged("file:///other.py", pythonDocument("file:///other.py", "3"));
    assert.equal(await settled(), 2);
  });
});

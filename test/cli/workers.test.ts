import assert from "node:assert/strict";
import test, { describe } from "node:test";
import { Worker } from "node:worker_threads";
import type { Checked, Job } from "../../server/cli/checkFile.ts";
import { type Channel, inWorkers } from "../../server/cli/workers.ts";
import { folder } from "../workspace/folder.ts";
import { inlayer, stubCore } from "./stub.ts";

/** A worker that takes so many milliseconds for a job as it says, and dies of 13. */
function fake(running: { most: number; now: number }): Channel<number, string> {
  let onResult = (_: string) => {};
  let onDeath = (_: string) => {};
  running.most = Math.max(running.most, ++running.now);
  return {
    post: (job) => void setTimeout(() => (job === 13 ? onDeath("bad luck") : onResult(`did ${job}`)), job),
    listen: (result, death) => {
      onResult = result;
      onDeath = (why) => {
        running.now--;
        death(why);
      };
    },
    end: () => void running.now--,
  };
}

async function collected<T>(all: AsyncIterable<T>): Promise<readonly T[]> {
  const items: T[] = [];
  for await (const it of all) items.push(it);
  return items;
}

describe("workers", () => {
  test("give their results in the order of the jobs, whoever is first", async () => {
    const running = { most: 0, now: 0 };
    const jobs = [30, 1, 20, 2, 10, 3];
    const all = await collected(inWorkers(jobs, 3, () => fake(running), String));
    assert.deepEqual(
      all,
      jobs.map((it) => `did ${it}`),
    );
    assert.deepEqual(running, { most: 3, now: 0 }, "three at a time, and all of them may go");
  });
  test("cost no more than their job when they die", async () => {
    const running = { most: 0, now: 0 };
    const all = await collected(
      inWorkers(
        [5, 13, 2, 13, 13, 1],
        2,
        () => fake(running),
        (job, why) => `lost ${job}: ${why}`,
      ),
    );
    const lost = "lost 13: bad luck";
    assert.deepEqual(all, ["did 5", lost, "did 2", lost, lost, "did 1"]);
    assert.equal(running.now, 0);
  });
  test("are no more than there are jobs", async () => {
    const running = { most: 0, now: 0 };
    assert.deepEqual(await collected(inWorkers([1], 8, () => fake(running), String)), ["did 1"]);
    assert.deepEqual(await collected(inWorkers([], 8, () => fake(running), String)), []);
    assert.equal(running.most, 1);
  });
});

const never = stubCore(() => assert.fail("it is the workers' work"));

describe("a check by workers", () => {
  test("reports the file at which a worker dies, and goes on with the others", async (t) => {
    const root = folder(t, { "a.py": "", "b.py": "", "c.py": "", "d.py": "" });
    /** Dies at `b.py`, as it would for want of memory. */
    const source = `
      const { parentPort } = require("node:worker_threads");
      parentPort.on("message", (job) => {
        if (job === null) return parentPort.close();
        if (job.target.name === "b.py") throw new Error("out of memory");
        const report = { path: job.target.name, models: [], hints: [], diagnostics: [], unknowns: [] };
        parentPort.postMessage({ target: job.target, report, lines: [], unknown: 0, known: 0, stale: [] });
      });`;
    const startChecker = (): Channel<Job, Checked> => {
      const worker = new Worker(source, { eval: true });
      return {
        post: (job) => worker.postMessage(job),
        listen: (result, death) => {
          worker.on("message", result);
          worker.on("error", (error) => death(error.message));
        },
        end: () => worker.postMessage(null),
      };
    };
    const args = ["check", "a.py", "b.py", "c.py", "d.py", "--format", "json", "--workers", "2"];
    const { code, out, err } = await inlayer(root, never, args, { startChecker });
    assert.equal(code, 2);
    assert.equal(err, "inlayer: b.py: Inlayer itself failed on it, please report this: out of memory\n");
    const { files } = JSON.parse(out) as { files: { path: string }[] };
    assert.deepEqual(
      files.map(({ path }) => path),
      ["a.py", "c.py", "d.py"],
    );
  });
});

describe("progress", () => {
  const root = (t: test.TestContext) => folder(t, { "a.py": "", "b.py": "" });
  test("is shown on a terminal's standard error, and taken away", async (t) => {
    const { out, err } = await inlayer(
      root(t),
      stubCore(() => ({})),
      ["check", ".", "--format", "json"],
      { progress: true },
    );
    // biome-ignore lint/suspicious/noControlCharactersInRegex: what clears a line
    assert.match(err, /^\r\x1b\[Kinlayer: 1 of 2, a\.py.*\r\x1b\[K$/s);
    assert.ok(!out.includes("\x1b"));
  });
  test("is not shown where standard error is no terminal", async (t) => {
    const { err } = await inlayer(
      root(t),
      stubCore(() => ({})),
      ["check", ".", "--format", "json"],
    );
    assert.equal(err, "");
  });
});

import { existsSync } from "node:fs";
import { Worker } from "node:worker_threads";
import type { Checked, Job } from "./checkFile.ts";
import type { CheckerStart } from "./checkWorker.ts";
import type { Channel } from "./workers.ts";

/** The program itself in a worker, built or as its source. Workers do not inherit a loader of TypeScript. */
function newWorker(workerData: CheckerStart, program: string): Worker {
  const built = new URL("cli.js", program);
  if (existsSync(built)) return new Worker(built, { workerData });
  const source = JSON.stringify(program);
  const load = `import("tsx/esm/api").then(({ register }) => { register(); return import(${source}); });`;
  return new Worker(load, { workerData, eval: true });
}

/** `program` is the URL of the command line's own file. */
export function nodeChecker(start: CheckerStart, program: string): Channel<Job, Checked> {
  const worker = newWorker(start, program);
  return {
    post: (job) => worker.postMessage(job),
    listen: (onResult, onDeath) => {
      worker.on("message", (checked: Checked) => onResult(checked));
      worker.on("error", (error) => onDeath(error.message));
      worker.on("exit", (code) => onDeath(`its worker ended with code ${code}`));
    },
    end: () => worker.postMessage(null),
  };
}

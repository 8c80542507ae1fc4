import { Worker } from "node:worker_threads";
import type { Checked, Job } from "./checkFile.ts";
import type { CheckerStart } from "./checkWorker.ts";
import type { Channel } from "./workers.ts";

/** The built program itself in a worker; `program` is the URL of a file beside it. */
export function nodeChecker(start: CheckerStart, program: string): Channel<Job, Checked> {
  const worker = new Worker(new URL("cli.js", program), { workerData: start });
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

import type { MessagePort } from "node:worker_threads";
import { Checker, type Job } from "./checkFile.ts";
import type { Host } from "./host.ts";
import type { CheckOptions } from "./options.ts";
import type { FileTarget } from "./targets.ts";

/** What a worker begins with. */
export interface CheckerStart {
  readonly options: CheckOptions;
  readonly targets: readonly FileTarget[];
  /** The terminal of the process. */
  readonly terminal: Host["terminal"];
  /** It keeps what V8 compiled, for all of them and for the next time. */
  readonly isFirst?: boolean;
}

/** In a worker: checks a file whenever one is sent, until the port is closed. */
export function serveChecks(port: MessagePort, host: Host, { options, targets, terminal }: CheckerStart): void {
  const checker = new Checker({ ...host, terminal }, options, targets);
  port.on("message", (job: Job | null) => {
    if (job === null) port.close();
    else void checker.check(job).then((checked) => port.postMessage(checked));
  });
}

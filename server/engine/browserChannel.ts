import type { Channel, FromWorker, ToWorker } from "./messages.ts";

/** As much of a browser's `Worker` as is needed. */
export interface BrowserWorker {
  postMessage(message: ToWorker): void;
  onmessage: ((event: { readonly data: FromWorker }) => void) | null;
  onerror: ((event: { readonly message?: string }) => void) | null;
  terminate(): void;
}

export const browserChannel = (worker: BrowserWorker): Channel => ({
  post: (message) => worker.postMessage(message),
  listen: (onMessage, onDeath) => {
    worker.onmessage = ({ data }) => onMessage(data);
    worker.onerror = ({ message }) => onDeath(message ?? "it stopped");
  },
  hold: () => undefined,
  terminate: () => worker.terminate(),
});

import type { FromWorker, ToWorker } from "./messages.ts";
import { serve } from "./serve.ts";

const scope = globalThis as unknown as {
  postMessage(message: FromWorker): void;
  onmessage: ((event: { readonly data: ToWorker }) => void) | null;
};
const answer = serve((message) => scope.postMessage(message));
scope.onmessage = ({ data }) => answer(data);

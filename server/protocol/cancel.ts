import type { CancellationToken } from "vscode-languageserver";

/** Does something that a signal ends, for as long as the client has not cancelled it. */
export async function cancellable<T>(token: CancellationToken, body: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const abort = new AbortController();
  const listener = token.onCancellationRequested(() => abort.abort());
  try {
    return await body(abort.signal);
  } finally {
    listener.dispose();
  }
}

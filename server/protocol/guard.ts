import { type CancellationToken, LSPErrorCodes, ResponseError } from "vscode-languageserver";

export type Log = (message: string) => void;
type Handler<P, R> = (params: P, token: CancellationToken) => Promise<R>;

const cancelled = () => new ResponseError(LSPErrorCodes.RequestCancelled, "cancelled");

/** Whatever a request's own work comes to, a client that does not want it any more hears so at once. */
function orCancelled<R>(work: Promise<R>, token: CancellationToken): Promise<R> {
  if (token.isCancellationRequested) return Promise.reject(cancelled());
  return new Promise((resolve, reject) => {
    const listener = token.onCancellationRequested(() => reject(cancelled()));
    work.then(resolve, reject).finally(() => listener.dispose());
  });
}

/** A fault in one request is logged and answered with nothing; it never ends the server. */
export const guarded =
  <P, R>(name: string, nothing: R, log: Log, handler: Handler<P, R>): Handler<P, R> =>
  async (params, token) => {
    try {
      return await orCancelled(handler(params, token), token);
    } catch (error) {
      if (error instanceof ResponseError) throw error;
      log(`${name} failed, please report this: ${faultText(error)}`);
      return nothing;
    }
  };

/** What a developer needs to see of a fault. */
export const faultText = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error);

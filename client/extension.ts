import { type Activation, activateWith, type Inlayer } from "./activation.ts";
import { readBase64 } from "./files.ts";
import type { Launch } from "./server.ts";

/** The entry for desktop and remote. */
export function activate(context: Activation): Inlayer {
  const start: Launch["start"] = async (options) => {
    const { createClient } = await import("./nodeClient.ts");
    return createClient(context.extensionUri, options);
  };
  return activateWith(context, { start, read: readBase64 });
}

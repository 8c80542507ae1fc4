import { type Activation, activateWith, type Inlayer } from "./activation.ts";

/** The entry for desktop and remote. */
export function activate(context: Activation): Inlayer {
  return activateWith(context, async (options) => {
    const { createClient } = await import("./nodeClient.ts");
    return createClient(context.extensionUri, options);
  });
}

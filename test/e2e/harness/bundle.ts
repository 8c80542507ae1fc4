import { join } from "node:path";
import { build } from "esbuild";
import { root } from "./files.ts";

/** The suite as one module that an extension host loads. It stands inside the project, where Mocha is found. */
export async function bundleHostSuite(): Promise<string> {
  const outfile = join(root, ".cache/e2e/host.cjs");
  await build({
    entryPoints: [join(root, "test/e2e/host/run.ts")],
    outfile,
    bundle: true,
    format: "cjs",
    platform: "node",
    target: "node20",
    external: ["vscode", "mocha"],
    logLevel: "warning",
  });
  return outfile;
}

import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, openSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import type { VsCode } from "./install.mjs";
import { BUILT_IN, SETTINGS } from "./settings.ts";

export interface ServerOptions {
  readonly code: VsCode;
  /** The folder that keeps extensions, settings and logs. */
  readonly state: string;
  readonly port?: number;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Suites in the extension host need it; it hides notifications and dialogs. */
  readonly smoke?: boolean;
  /** Folders are not trusted until somebody says so; without, all are. */
  readonly restricted?: boolean;
  /** All built-in extensions; without, few of them, which is faster. */
  readonly everything?: boolean;
  readonly env?: Readonly<Record<string, string>>;
}
export interface RunningServer {
  readonly address: string;
  stop(): Promise<void>;
}

const foldersOf = (state: string): readonly string[] => [
  ...["--server-data-dir", join(state, "data")],
  ...["--user-data-dir", join(state, "user")],
  ...["--extensions-dir", join(state, "extensions")],
];
const script = ({ root }: VsCode): string => join(root, "out/server-main.js");

/** Installs a .vsix as a person would; throws with the editor's words if it refuses. */
export function installVsix(code: VsCode, state: string, vsix: string): void {
  const args = [script(code), "--install-extension", vsix, "--force", ...foldersOf(state)];
  const quiet = ["--telemetry-level", "off", "--accept-server-license-terms"];
  const run = spawnSync(code.node, [...args, ...quiet], { encoding: "utf8" });
  if (run.status !== 0 || !/successfully installed/.test(run.stdout))
    throw new Error(`VS Code does not install ${vsix}: ${run.stdout}${run.stderr}`);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().on("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

function builtInFolder(code: VsCode, state: string): string {
  const folder = join(state, "builtin");
  mkdirSync(folder, { recursive: true });
  for (const name of BUILT_IN) {
    const link = join(folder, name);
    if (!existsSync(link)) symlinkSync(join(code.root, "extensions", name), link);
  }
  return folder;
}

/** Serves VS Code on this machine only: it lets in whoever comes. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { code, state } = options;
  const port = options.port ?? (await freePort());
  const user = join(state, "user/User");
  mkdirSync(user, { recursive: true });
  writeFileSync(join(user, "settings.json"), JSON.stringify({ ...SETTINGS, ...options.settings }, null, 2));
  const args = [
    ...[script(code), "--host", "127.0.0.1", "--port", String(port), "--without-connection-token"],
    ...["--accept-server-license-terms", "--telemetry-level", "off", "--disable-telemetry"],
    ...(options.restricted ? [] : ["--disable-workspace-trust"]),
    ...foldersOf(state),
    ...(options.smoke ? ["--enable-smoke-test-driver"] : []),
    ...(options.everything ? [] : ["--builtin-extensions-dir", builtInFolder(code, state)]),
  ];
  const log = openSync(join(state, "server.log"), "a");
  // No gallery: nothing is looked for on the network.
  const env = { ...process.env, EXTENSIONS_GALLERY: "{}", ...options.env };
  const child = spawn(code.node, args, { stdio: ["ignore", log, log], env });
  const address = `http://127.0.0.1:${port}`;
  await answering(child, address, join(state, "server.log"));
  return { address, stop: () => ended(child) };
}

async function answering(child: ChildProcess, address: string, log: string): Promise<void> {
  for (let round = 0; round < 400; round++) {
    if (child.exitCode !== null) break;
    const answer = await fetch(`${address}/version`).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  child.kill();
  throw new Error(`VS Code's server does not start; see ${log}`);
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null) return resolve();
    child.once("exit", () => resolve());
    child.kill();
  });
}

export interface Opened {
  readonly folder: string;
  /** An extension that is loaded from its folder, and tests that run in its host. */
  readonly development?: string;
  readonly tests?: string;
}

/** The address at which the workbench opens a folder. */
export function addressOf(server: RunningServer, { folder, development, tests }: Opened): string {
  const remote = (path: string) => `vscode-remote://${new URL(server.address).host}${path}`;
  const payload = [
    ...(development ? [["extensionDevelopmentPath", remote(development)]] : []),
    ...(tests ? [["extensionTestsPath", remote(tests)]] : []),
  ];
  const query = new URLSearchParams({ folder });
  if (payload.length > 0) query.set("payload", JSON.stringify(payload));
  return `${server.address}/?${query}`;
}

// The suites in a real VS Code:
// node --import tsx test/e2e/run.ts VSIX [--vscode VERSION] [--pictures] [--theme dark|light|contrast]
// [--only host|ui|looks|views|restricted|web|neovim]
import { mkdirSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { openBrowser } from "./harness/browser.ts";
import { bundleHostSuite } from "./harness/bundle.ts";
import { copyOfWorkspace, installedExtension, root, scratch } from "./harness/files.ts";
import { runHostSuite } from "./harness/hostSuite.ts";
import { installChromium, installVsCode } from "./harness/install.mjs";
import { addressOf, installVsix, startServer } from "./harness/server.ts";
import { Story } from "./harness/story.ts";
import { architecture } from "./ui/architecture.ts";
import { looks } from "./ui/looks.ts";
import { neovim } from "./ui/neovim.ts";
import { restricted } from "./ui/restricted.ts";
import { tell } from "./ui/story.ts";
import { views } from "./ui/views.ts";
import { web } from "./ui/web.ts";
import { Workbench } from "./ui/workbench.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    vscode: { type: "string", default: "current" },
    only: { type: "string" },
    theme: { type: "string" },
    pictures: { type: "boolean", default: false },
  },
});
const vsix = resolve(positionals[0] ?? "");
const code = installVsCode(values.vscode);
const chromium = installChromium();
const print = (line: string) => console.log(line);

/** The extension as it is shipped: unpacked by VS Code itself. */
async function host(): Promise<string | undefined> {
  const unpacked = scratch("unpacked");
  try {
    installVsix(code, unpacked.path, vsix);
    const tests = await bundleHostSuite();
    return await runHostSuite({ code, chromium, development: installedExtension(unpacked.path), tests, print });
  } finally {
    unpacked.remove();
  }
}

const THEMES = {
  dark: "Default Dark Modern",
  light: "Default Light Modern",
  contrast: "Default High Contrast",
} as const;

interface Told {
  readonly theme: keyof typeof THEMES;
  readonly story: (story: Story, workbench: Workbench, address: string) => Promise<void>;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly restricted?: boolean;
}

async function ui(name: string, told: Told): Promise<string | undefined> {
  const { theme, restricted = false } = told;
  const state = scratch("state");
  const workspace = copyOfWorkspace();
  installVsix(code, state.path, vsix);
  const settings = { "workbench.colorTheme": THEMES[theme], ...told.settings };
  const server = await startServer({ code, state: state.path, settings, restricted });
  const browser = await openBrowser(chromium, theme === "light" ? "light" : "dark");
  const pictures = join(root, "test/e2e/pictures", values.vscode, name);
  rmSync(pictures, { recursive: true, force: true });
  mkdirSync(pictures, { recursive: true });
  try {
    const story = new Story(browser.page, pictures, print);
    const readme = values.pictures && theme === "dark" ? join(root, "media") : undefined;
    const workbench = new Workbench(browser.page, readme);
    await told.story(story, workbench, addressOf(server, { folder: workspace.path }));
    return story.failed;
  } finally {
    await browser.close();
    await server.stop();
    workspace.remove();
    state.remove();
  }
}

const RESTRICTED = { "security.workspace.trust.enabled": true, "security.workspace.trust.startupPrompt": "never" };
/** The entry for browsers, in the extension host that is a worker of the page. */
const WEB = { "remote.extensionKind": { "inlayer.inlayer": ["web"] } };

const suites: readonly (readonly [string, () => Promise<string | undefined>])[] = [
  ["host", host],
  ["ui, dark", () => ui("dark", { theme: "dark", story: tell })],
  ["ui, light", () => ui("light", { theme: "light", story: tell })],
  ["views, dark", () => ui("views-dark", { theme: "dark", story: views })],
  ["views, light", () => ui("views-light", { theme: "light", story: views })],
  ["views, contrast", () => ui("views-contrast", { theme: "contrast", story: views })],
  ["graph, dark", () => ui("graph-dark", { theme: "dark", story: architecture })],
  ["graph, light", () => ui("graph-light", { theme: "light", story: architecture })],
  ["graph, contrast", () => ui("graph-contrast", { theme: "contrast", story: architecture })],
  ["restricted", () => ui("restricted", { theme: "dark", story: restricted, settings: RESTRICTED, restricted: true })],
  ["looks, dark", () => ui("looks-dark", { theme: "dark", story: looks })],
  ["looks, light", () => ui("looks-light", { theme: "light", story: looks })],
  ["looks, contrast", () => ui("looks-contrast", { theme: "contrast", story: looks })],
  ["neovim", () => ui("neovim", { theme: "dark", story: neovim })],
  ["web", () => ui("web", { theme: "dark", story: web, settings: WEB })],
];
const failures: string[] = [];
for (const [name, run] of suites) {
  if (
    !name.startsWith(values.only ?? "") ||
    (values.theme && /^(ui|looks|views|graph)/.test(name) && !name.endsWith(values.theme))
  )
    continue;
  // Another editor, which a machine need not have.
  if (name === "neovim" && values.only !== name) continue;
  const began = Date.now();
  print(`\nVS Code ${values.vscode}, ${name}`);
  const failed = await run();
  if (failed !== undefined) failures.push(`${name}: ${failed}`);
  print(`${failed === undefined ? "passed" : `FAILED (${failed})`}, ${((Date.now() - began) / 1000).toFixed(0)} s`);
}
process.exit(failures.length === 0 ? 0 : 1);

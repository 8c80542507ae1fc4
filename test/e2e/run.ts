// The suites in a real VS Code:
// node --import tsx test/e2e/run.ts VSIX [--vscode VERSION] [--pictures] [--theme dark|light|contrast | --once]
// [--only host|ui|looks|views|graph|restricted|web|neovim]
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
    once: { type: "boolean", default: false },
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
  readonly theme: Theme;
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

type Theme = keyof typeof THEMES;
interface Suite {
  readonly name: string;
  /** Without any it is run once. */
  readonly themes: readonly Theme[];
  readonly run: (theme: Theme) => Promise<string | undefined>;
}
const ofTheme =
  (name: string, story: Told["story"]): Suite["run"] =>
  (theme) =>
    ui(name === "ui" ? theme : `${name}-${theme}`, { theme, story });
const DARK = { theme: "dark" } as const;

/** The first theme of each suite is the one that `--once` takes: so each theme has its turn. */
const suites: readonly Suite[] = [
  { name: "host", themes: [], run: host },
  { name: "ui", themes: ["dark", "light"], run: ofTheme("ui", tell) },
  { name: "views", themes: ["light", "dark", "contrast"], run: ofTheme("views", views) },
  { name: "graph", themes: ["contrast", "dark", "light"], run: ofTheme("graph", architecture) },
  { name: "looks", themes: ["dark", "light", "contrast"], run: ofTheme("looks", looks) },
  {
    ...{ name: "restricted", themes: [] },
    run: () => ui("restricted", { ...DARK, story: restricted, settings: RESTRICTED, restricted: true }),
  },
  { name: "web", themes: [], run: () => ui("web", { ...DARK, story: web, settings: WEB }) },
  // Another editor, which a machine need not have: it is run where it is asked for.
  { name: "neovim", themes: [], run: () => ui("neovim", { ...DARK, story: neovim }) },
];
function themesOf({ themes }: Suite): readonly Theme[] {
  if (themes.length === 0) return ["dark"];
  return values.theme === undefined ? themes.slice(0, values.once ? 1 : undefined) : themes.filter(isAsked);
}
const isAsked = (theme: Theme): boolean => theme === values.theme;
const isWanted = ({ name }: Suite): boolean =>
  values.only === undefined ? name !== "neovim" : name.startsWith(values.only);

async function timed(run: () => Promise<string | undefined>): Promise<string | undefined> {
  const began = Date.now();
  const failed = await run();
  print(`${failed === undefined ? "passed" : `FAILED (${failed})`}, ${((Date.now() - began) / 1000).toFixed(0)} s`);
  return failed;
}

const failures: string[] = [];
for (const suite of suites.filter(isWanted)) {
  for (const theme of themesOf(suite)) {
    const name = suite.themes.length === 0 ? suite.name : `${suite.name}, ${theme}`;
    print(`\nVS Code ${values.vscode}, ${name}`);
    let failed = await timed(() => suite.run(theme));
    if (failed !== undefined) {
      // A whole VS Code on a busy machine may stand still for longer than a test waits; what is wrong fails again.
      print(`\nVS Code ${values.vscode}, ${name}, once more`);
      failed = await timed(() => suite.run(theme));
    }
    if (failed !== undefined) failures.push(`${name}: ${failed}`);
  }
}
process.exit(failures.length === 0 ? 0 : 1);

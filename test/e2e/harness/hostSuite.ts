import { format } from "node:util";
import { openBrowser } from "./browser.ts";
import { copyOfWorkspace, scratch } from "./files.ts";
import type { VsCode } from "./install.mjs";
import { MARK } from "./mark.ts";
import { addressOf, startServer } from "./server.ts";

export interface HostSuite {
  readonly code: VsCode;
  readonly chromium: string;
  /** The folder of the extension, and a module with `run`. */
  readonly development: string;
  readonly tests: string;
  readonly print: (line: string) => void;
}

const LONGEST = 240_000;
const CODES: Readonly<Record<number, string>> = { 98: "it took too long", 99: "the page crashed" };

/** Runs a suite in the extension host of a real VS Code; what went wrong, or undefined. */
export async function runHostSuite(suite: HostSuite): Promise<string | undefined> {
  const state = scratch("state");
  const workspace = copyOfWorkspace();
  const server = await startServer({ code: suite.code, state: state.path, smoke: true });
  const browser = await openBrowser(suite.chromium);
  let timer: NodeJS.Timeout | undefined;
  try {
    const { page } = browser;
    const exit = new Promise<number>((resolve) => {
      timer = setTimeout(() => resolve(98), LONGEST);
      page.on("crash", () => resolve(99));
      // VS Code's own way to tell a page's host how the tests went.
      void page.exposeFunction("codeAutomationExit", resolve);
    });
    const say = (_type: string, words: readonly unknown[]) => {
      const line = format(...words);
      if (line.startsWith(MARK)) suite.print(line.slice(MARK.length));
    };
    await page.exposeFunction("codeAutomationLog", say);
    const { development, tests } = suite;
    await page.goto(addressOf(server, { folder: workspace.path, development, tests }));
    const code = await exit;
    return code === 0 ? undefined : (CODES[code] ?? `exit code ${code}`);
  } finally {
    clearTimeout(timer);
    await browser.close();
    await server.stop();
    workspace.remove();
    state.remove();
  }
}

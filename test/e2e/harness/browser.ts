import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type Page } from "playwright-core";

export interface Browser {
  readonly page: Page;
  close(): Promise<void>;
}

const FLAGS = [
  ...["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"],
  ...["--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"],
];

/** A browser with a profile of its own, which goes with it. */
export async function openBrowser(executablePath: string, theme: "dark" | "light" = "dark"): Promise<Browser> {
  const profile = mkdtempSync(join(tmpdir(), "inlayer-chromium-"));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    headless: true,
    viewport: { width: 1280, height: 800 },
    colorScheme: theme,
    permissions: ["clipboard-read", "clipboard-write"],
    args: FLAGS,
  });
  const page = context.pages()[0] ?? (await context.newPage());
  return {
    page,
    close: async () => {
      await context.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}

import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root, scratch } from "../harness/files.ts";
import type { Story } from "../harness/story.ts";
import type { Workbench } from "./workbench.ts";

/** Neovim beside VS Code, in its terminal: the same server over stdio, by the set-up of docs/editors.md. */
export async function neovim(story: Story, at: Workbench, address: string): Promise<void> {
  if (spawnSync("nvim", ["--version"]).status !== 0) {
    story.failed = "Neovim is not installed: apt-get install neovim";
    return;
  }
  const tools = scratch("neovim");
  const program = join(tools.path, "inlayer");
  writeFileSync(program, `#!/bin/sh\nexec "${process.execPath}" "${join(root, "dist/cli.js")}" "$@"\n`);
  chmodSync(program, 0o755);
  mkdirSync(join(tools.path, "home"));
  const screen = at.page.locator(".terminal-wrapper .xterm-rows, .terminal-wrapper .xterm-screen").first();
  await story.step("Neovim", async () => {
    await at.page.goto(address);
    await at.file("digits.py").waitFor();
    await at.command("Terminal: Create New Terminal in Editor Area");
    await screen.waitFor();
    await at.page.waitForTimeout(1500);
    const init = join(root, "test/e2e/neovim/init.lua");
    await at.page.keyboard.type(`cd . && PATH=${tools.path}:$PATH HOME=${tools.path}/home nvim -u ${init} digits.py`);
    await at.press("Enter");
    await at.page.waitForTimeout(9000);
  });
  await story.step("Neovim, a card", async () => {
    await at.page.keyboard.type("7G");
    await at.page.keyboard.type("fCK");
    await at.page.waitForTimeout(2500);
  });
  await story.step("Neovim, code actions", async () => {
    await at.press("Escape");
    await at.page.keyboard.type("14GfD\\a");
    await at.page.waitForTimeout(3000);
  });
  tools.remove();
}

import assert from "node:assert/strict";
import type { Story } from "../harness/story.ts";
import type { Workbench } from "./workbench.ts";

const DENSE = /outputs\s=\slayers\.Dense/;

/** Hints, hover, diagnostics, fixes: what happens in the text. */
export async function editing(story: Story, at: Workbench): Promise<void> {
  await story.step("hints at the ends of lines", async () => {
    await at.open("digits.py");
    await at
      .line(/→\s\(None,\s5,\s5,\s10\)\s·\s650\sparams/)
      .first()
      .waitFor();
    await at
      .line(/Σ\s19,466\sparams/)
      .first()
      .waitFor();
    await at.lenses.first().waitFor();
    await at.picture("hints");
  });
  await story.step("a card on hovering over a layer", async () => {
    await at.word(DENSE, "Dense").hover();
    await at.page.locator(".monaco-hover:visible", { hasText: "650" }).first().waitFor();
    await at.page.waitForTimeout(500);
  });
  await story.step("a card lists the calls of a helper", async () => {
    await at.press("Escape");
    await at.word(/layers\.Conv2D\(filters/, "Conv2D").hover();
    await at.page.locator(".monaco-hover:visible", { hasText: "(None, 26, 26, 32)" }).first().waitFor();
    await at.page.waitForTimeout(500);
    await at.picture("hover");
  });
  await story.step("the problems panel", async () => {
    await at.press("Escape", "Control+Shift+M");
    await at.problems.filter({ hasText: "labels (64,) meet (None, 5, 5, 10)" }).first().waitFor();
  });
  await story.step("fixes in the lightbulb's menu, with what they cost", async () => {
    await at.press("Control+j");
    await at.word(DENSE, "Dense").click();
    const menu = at.page.locator(".action-widget", { hasText: "Insert Flatten() → (None, 10), 16,010 params" });
    // A menu that opens while the panel is still closing is closed with it.
    for (let tries = 0; tries < 3 && !(await menu.isVisible()); tries++) {
      await at.press("Control+.");
      await menu.waitFor({ timeout: 6000 }).catch(() => {});
    }
    await menu.waitFor();
    await at.picture("fix");
  });
  await story.step("a fix applied", async () => {
    await at.press("Enter");
    await at
      .line(/layers\.Flatten\(\)/)
      .first()
      .waitFor();
    await at.page.locator(".squiggly-error").first().waitFor({ state: "detached" });
    await at
      .line(/→\s\(None,\s10\)\s·\s16,010\sparams/)
      .first()
      .waitFor();
  });
  await story.step("hints follow typing", async () => {
    await at.word(/x\s=\sblock\(x,\s64\)/, "block").click();
    await at.press("End", "Enter");
    await at.page.keyboard.type("x = block(x, 8)");
    await at
      .line(/x\s=\sblock\(x,\s8\)\s*→\s\(None,\s1,\s1,\s8\)/)
      .first()
      .waitFor();
    assert.equal(await at.line(/→\s\(None,\s28,\s28,\s1\)/).count(), 1);
    await at.press("Control+z", "Control+z", "Control+z");
  });
}

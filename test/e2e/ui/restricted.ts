import assert from "node:assert/strict";
import type { Story } from "../harness/story.ts";
import type { Workbench } from "./workbench.ts";

/** A folder that nobody trusts: it is analysed, and nothing of it is run. */
export async function restricted(story: Story, at: Workbench, address: string): Promise<void> {
  await story.step("the window is restricted", async () => {
    await at.page.goto(address);
    await at.file("digits.py").waitFor();
    await at.page.locator(".statusbar-item", { hasText: "Restricted Mode" }).waitFor();
  });
  await story.step("hints and lenses are there", async () => {
    await at.open("text.py");
    await at
      .line(/→\s\(None,\s64\)/)
      .first()
      .waitFor();
    await at.line(/Σ/).first().waitFor();
  });
  await story.step("a run is refused from the lens", async () => {
    await at.clickLens(/Run/, at.notification.filter({ hasText: "do not trust" }).first());
    assert.equal(await at.page.locator(".quick-input-widget:visible").count(), 0);
  });
  await story.step("the palette does not offer it, and offers the summary", async () => {
    await at.press("F1");
    await at.page.locator(".quick-input-widget:visible input").first().fill(">Inlayer: ");
    const rows = at.page.locator(".quick-input-list .monaco-list-row");
    await rows.filter({ hasText: "Show Model Summary" }).first().waitFor();
    for (const running of ["Run Forward", "Verify with Keras", "Export to ONNX"])
      assert.equal(await rows.filter({ hasText: running }).count(), 0);
    await at.press("Escape");
  });
  await story.step("the summary is shown", async () => {
    await at.command("Inlayer: Show Model Summary");
    await at
      .line(/Total\sparams/)
      .first()
      .waitFor();
  });
}

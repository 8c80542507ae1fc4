import type { Story } from "../harness/story.ts";
import type { Workbench } from "./workbench.ts";

/** The commands of the palette, and the settings. */
export async function commands(story: Story, at: Workbench): Promise<void> {
  await story.step("the palette lists the commands", async () => {
    await at.open("text.py");
    await at
      .line(/→\s\(None,\s5\)\s·\s325\sparams/)
      .first()
      .waitFor();
    await at.press("F1");
    await at.page.locator(".quick-input-widget:visible input").first().fill(">Inlayer");
    await at.page.locator(".quick-input-list .monaco-list-row", { hasText: "Report a Wrong Hint" }).first().waitFor();
  });
  await story.step("the summary of a model", async () => {
    await at.press("Escape");
    await at.command("Inlayer: Show Model Summary");
    await at
      // Its first lines: how many more there is room for is the workbench's.
      .line(/Layer\s\(type\)/)
      .first()
      .waitFor();
  });
  await story.step("a reason for what is not there", async () => {
    await at.closeAll();
    await at.open("plain.py");
    await at.command("Inlayer: Why Is There Nothing Here?");
    await at.notification.first().waitFor();
    await at.page.waitForTimeout(400);
  });
  await story.step("an input shape for a model of one's own", async () => {
    await at.press("Escape");
    await at.command("Notifications: Clear All Notifications");
    await at.open("own_model.py");
    await at.lenses.first().waitFor();
    await at.command("Inlayer: Set Input Shape");
    await at.answer("(None, 16)");
    await at
      .line(/676\sparams/)
      .first()
      .waitFor();
    await at.press("Control+s");
  });
  await story.step("settings change what hints say", async () => {
    await at.closeAll();
    await at.open("text.py");
    await at
      .line(/→\s\(None,\s5\)\s·\s325\sparams/)
      .first()
      .waitFor();
    await at.setting("inlayer.hints.dtype", "Dtype");
    await at
      .line(/→\s\(None,\s5\)\sfloat32/)
      .first()
      .waitFor();
  });
  await story.step("settings change it back", async () => {
    await at.setting("inlayer.hints.dtype", "Dtype");
    await at
      .line(/→\s\(None,\s5\)\s·\s325\sparams/)
      .first()
      .waitFor();
  });
  await story.step("the time of activation that VS Code has measured", async () => {
    await at.command("Developer: Show Running Extensions");
    const row = at.page.locator(".runtime-extensions-editor .monaco-list-row", { hasText: "Inlayer" });
    const time = await row.locator(".activation-time").innerText();
    console.log(`  activation: ${time}`);
    await at.command("View: Close Editor");
  });
  await story.step("the server restarted", async () => {
    await at.command("Inlayer: Restart Server");
    await at.page.locator(".statusbar-item", { hasText: "restarted" }).first().waitFor();
    await at
      .line(/→\s\(None,\s5\)\s·\s325\sparams/)
      .first()
      .waitFor();
  });
}

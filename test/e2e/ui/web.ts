import type { Story } from "../harness/story.ts";
import { rows } from "./views.ts";
import type { Workbench } from "./workbench.ts";

/** The same extension by its entry for browsers: in a worker of the page, with its server and engine in workers too. */
export async function web(story: Story, at: Workbench, address: string): Promise<void> {
  await story.step("hints from a server in a worker", async () => {
    await at.page.goto(address);
    await at.file("text.py").waitFor();
    await at.open("text.py");
    await at
      .line(/→\s\(None,\s64\)/)
      .first()
      .waitFor();
    await at.line(/Σ/).first().waitFor();
  });
  await story.step("a hint follows typing", async () => {
    await at.word(/Dense\(5/, "5").click();
    await at.press("End");
    await at.page.keyboard.type("  # typed");
    await at
      .line(/typed/)
      .filter({ hasText: /→\s\(None,\s5\)/ })
      .first()
      .waitFor();
  });
  await story.step("a hover", async () => {
    await at.word(/Bidirectional/, "Bidirectional").hover();
    await at.hover.getByText(/Keras's documentation/).waitFor();
  });
  await story.step("the forward panel is filled by an engine in a worker", async () => {
    await at.press("Escape");
    await at.command("Inlayer: Run Forward");
    await at.answer("2");
    await at.panel.getByText(/layers ran in \d+ ms/).waitFor();
  });
  await story.step("an architecture is laid out in a worker of its page", async () => {
    await at.command("Inlayer: Show Architecture");
    await at.panel.locator(".node", { hasText: "Bidirectional" }).first().waitFor();
  });
  await story.step("a summary that follows the code", async () => {
    await at.closeAll();
    await at.open("text.py");
    await at.command("Inlayer: Show Model Summary");
    await at.lenses.filter({ hasText: "Copy as Markdown" }).first().waitFor();
    await at
      .line(/embedding\s\(Embedding\)/)
      .first()
      .waitFor();
  });
  await story.step("the models of the workspace", async () => {
    await at.page.locator(".activitybar [aria-label^='Inlayer']").first().click();
    await rows(at, "siamese").first().waitFor();
    await rows(at, "siamese").first().click();
    await at.page.locator(".tab.active", { hasText: "nested.py" }).waitFor();
    await at.page.locator(".statusbar-item", { hasText: /siamese:\sΣ\s27,841/ }).waitFor();
  });
  await story.step("an example, a text that was never saved", async () => {
    await at.closeAll();
    await at.command("Inlayer: Open an Example");
    await at.answer("Layer by layer");
    await at.line(/Σ/).first().waitFor();
  });
  await story.step("the extension runs in the web worker's host", async () => {
    await at.command("Developer: Show Running Extensions");
    const own = at.page.locator(".runtime-extensions-editor .monaco-list-row", { hasText: "Inlayer" }).first();
    await own.getByText(/web worker/i).waitFor();
  });
}

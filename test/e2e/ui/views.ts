import type { Locator } from "playwright-core";
import type { Story } from "../harness/story.ts";
import type { Workbench } from "./workbench.ts";

const WIDE = { width: 1280, height: 800 };
const NARROW = { width: 800, height: 800 };

export const rows = (at: Workbench, text: string | RegExp): Locator =>
  at.page.locator(".pane-body .monaco-list-row", { hasText: text });

/** The same, on a narrow window: a picture more. */
async function narrow(story: Story, at: Workbench, name: string): Promise<void> {
  await story.step(`${name}, narrow`, async () => {
    await at.page.setViewportSize(NARROW);
    await at.page.waitForTimeout(400);
  });
  await at.page.setViewportSize(WIDE);
}

/** What people have open beside their code: the models view, the status bar, hints and cards. */
export async function views(story: Story, at: Workbench, address: string): Promise<void> {
  await story.step("the workbench", async () => {
    await at.page.goto(address);
    await at.file("digits.py").waitFor();
  });
  await models(story, at);
  await hints(story, at);
  await cards(story, at);
}

async function models(story: Story, at: Workbench): Promise<void> {
  await story.step("the models of the workspace, and the status bar", async () => {
    await at.open("digits.py");
    await at
      .line(/Σ\s19,466/)
      .first()
      .waitFor();
    await at.page.locator(".activitybar [aria-label^='Inlayer']").first().click();
    await rows(at, "text.py").first().waitFor();
    await rows(at, "siamese").first().waitFor();
    await at.word(/outputs\s=\slayers\.Dense/, "Dense").click();
    await rows(at, /dense.*\(None, 5, 5, 10\)/)
      .first()
      .waitFor();
    await at.page.locator(".statusbar-item", { hasText: /Σ\s19,466\s·\s4.9\sMB/ }).waitFor();
    await at.page.waitForTimeout(800);
  });
  await narrow(story, at, "the models of the workspace");
  await story.step("a nested model is opened, and a click leads to its code", async () => {
    await rows(at, "siamese").first().click();
    await at.page.locator(".tab.active", { hasText: "nested.py" }).waitFor();
    await at.page.keyboard.press("ArrowRight");
    await rows(at, /encoder.*Functional/)
      .first()
      .click();
    await at.page.keyboard.press("ArrowRight");
    await rows(at, /conv2d_1.*\(None, 7, 7, 64\)/)
      .first()
      .click();
    await at.page.locator(".statusbar-item", { hasText: "Ln 8" }).first().waitFor();
    await at.page.waitForTimeout(400);
  });
  await story.step("a tooltip of a model", async () => {
    await rows(at, "siamese").first().hover();
    await at.page.waitForTimeout(1500);
  });
  await story.step("the filter", async () => {
    await at.command("Inlayer: Filter Models");
    await at.page.locator(".quick-input-widget:visible", { hasText: "Filter the models" }).waitFor();
    await at.answer("conv1d");
    await rows(at, "own_model.py").first().waitFor({ state: "detached" });
    await rows(at, "conv1d").first().waitFor();
    await at.page.waitForTimeout(400);
  });
  await story.step("a run from the view", async () => {
    await at.command("Inlayer: Show All Models");
    await rows(at, "own_model.py").first().waitFor();
    await rows(at, "siamese").first().hover();
    await rows(at, "siamese").first().locator(".action-label[aria-label^='Run Forward']").click();
    await at.answer("2");
    await at.panel.getByText(/layers ran in \d+ ms/).waitFor();
  });
  await story.step("the menu of the model under the cursor", async () => {
    await at.word(/x\s=\slayers\.Conv2D\(64/, "Conv2D").click();
    await at.page
      .locator(".statusbar-item", { hasText: /embed:\sΣ/ })
      .first()
      .click();
    await at.page.locator(".quick-input-list .monaco-list-row", { hasText: "Show Model Summary" }).waitFor();
  });
  await at.press("Escape");
}

/** A piece of a hint. */
const piece = (at: Workbench, line: RegExp, text: string): Locator =>
  at.line(line).first().locator("span > span", { hasText: text }).last();

async function hints(story: Story, at: Workbench): Promise<void> {
  await story.step("a piece of a hint leads to what made it", async () => {
    await at.closeAll();
    await at.press("Control+Shift+e");
    await at.open("nested.py");
    await at
      .line(/Σ\s27,841/)
      .first()
      .waitFor();
    const shape = piece(at, /embed\s=\sencoder/, "(None");
    await shape.hover();
    await at.page.locator(".monaco-hover:visible", { hasText: "27,712" }).first().waitFor();
    await at.page.keyboard.down("Control");
    await shape.hover();
    await at.page.waitForTimeout(600);
    await shape.click();
    await at.page.keyboard.up("Control");
    await at.page.locator(".statusbar-item", { hasText: /Ln 5,/ }).first().waitFor();
  });
  await story.step("a double click inserts a shape as a comment", async () => {
    await piece(at, /distance\s=/, "(None").dblclick();
    await at
      .line(/distance.*#\s\(None,\s128\)/)
      .first()
      .waitFor();
    await at.page.mouse.move(640, 790);
    await at.page.waitForTimeout(400);
  });
}

async function cards(story: Story, at: Workbench): Promise<void> {
  const card = async (line: RegExp, word: string, text: string) => {
    await at.press("Escape");
    await at.page.mouse.move(640, 790);
    await at.word(line, word).hover();
    await at.page.locator(".monaco-hover:visible", { hasText: text }).first().waitFor();
    await at.page.waitForTimeout(600);
  };
  const both = async (name: string, line: RegExp, word: string, text: string) => {
    for (const size of [WIDE, NARROW])
      await story.step(`${name} ${size.width}`, async () => {
        await at.page.setViewportSize(size);
        await card(line, word, text);
      });
    await at.page.setViewportSize(WIDE);
  };
  await both("a card says where arguments come from", /return\skeras\.Model/, "Dense", "size");
  await both("a card of a model leads on", /siamese\s=/, "Model", "Architecture");
  await at.press("Escape");
}

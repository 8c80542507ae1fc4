import assert from "node:assert/strict";
import type { Locator } from "playwright-core";
import type { Story } from "../harness/story.ts";
import type { Workbench } from "./workbench.ts";

const [WIDE, NARROW] = [
  { width: 1280, height: 800 },
  { width: 800, height: 800 },
];

/** By what stands in it, and not by its tooltip. */
const node = (at: Workbench, text: string): Locator => at.panel.locator(`.node:has(text:text("${text}"))`).first();
const shape = (at: Workbench, text: string): Locator => at.panel.locator("text.shape", { hasText: text }).first();
const focused = (at: Workbench): Locator => at.panel.locator(".node:focus");

/** The architecture of a model beside its code. */
export async function architecture(story: Story, at: Workbench, address: string): Promise<void> {
  const narrow = async (name: string) => {
    await story.step(`${name}, narrow`, async () => {
      await at.page.setViewportSize(NARROW);
      await at.page.waitForTimeout(400);
    });
    await at.page.setViewportSize(WIDE);
  };
  await story.step("the architecture from the lens", async () => {
    await at.page.goto(address);
    await at.file("residual.py").waitFor();
    await at.open("residual.py");
    await at.command("View: Close Primary Side Bar");
    await at.clickLens(/Architecture/, node(at, "3 alike"));
    await node(at, "Head").waitFor();
    assert.equal(await at.panel.locator(".node.repeat:not(.open)").count(), 0);
    await at.page.mouse.move(640, 790);
    await at.picture("architecture");
  });
  await narrow("the architecture");
  await unfolding(story, at);
  await narrow("unfolded");
  await walking(story, at);
  await following(story, at);
  await keeping(story, at);
  await others(story, at);
}

async function unfolding(story: Story, at: Workbench): Promise<void> {
  await story.step("a stage is unfolded, and its equal blocks are one node", async () => {
    await node(at, "block 1").locator(".toggle").click();
    await node(at, "3 × 6 layers").waitFor();
    await at.page.waitForTimeout(300);
  });
}

async function walking(story: Story, at: Workbench): Promise<void> {
  await story.step("arrows walk along the edges, and Enter leads to the code", async () => {
    await node(at, "input_layer").focus();
    await at.press("ArrowDown");
    await focused(at).locator("text", { hasText: "stem" }).waitFor();
    assert.match((await focused(at).getAttribute("aria-label")) ?? "", /^Conv2D; stem, 448 params; gives \(None, 32/);
    await at.press("Enter");
    await at.page.locator(".statusbar-item", { hasText: "Ln 27" }).first().waitFor();
  });
  await story.step("a search goes from one to the next, and unfolds", async () => {
    await at.panel.locator("#search").fill("batch");
    await at.panel.getByText("12", { exact: true }).waitFor();
    await at.panel.locator("#search").press("Enter");
    await at.panel.getByText("1 of 12").waitFor();
    await node(at, "BatchNormalization").waitFor();
    await at.page.waitForTimeout(300);
  });
  await story.step("Escape leaves the search, and everything is folded again", async () => {
    await at.panel.locator("#search").press("Escape");
    assert.equal(await at.panel.locator(".match").count(), 0);
    await at.panel.getByRole("button", { name: "Fold everything", exact: true }).click();
    await at.panel.locator(".node.open").first().waitFor({ state: "detached" });
  });
}

async function following(story: Story, at: Workbench): Promise<void> {
  await story.step("the cursor marks its node, also one that is folded", async () => {
    await at.word(/name="stem"/, "Conv2D").click();
    await at.panel.locator(".node.at", { hasText: "stem" }).waitFor();
    await at.press("Control+g");
    await at.answer(":8");
    await at.panel.locator(".node.at", { hasText: "Head" }).waitFor();
  });
  await story.step("the picture follows what is typed", async () => {
    await at.word(/name="stem"/, "16").dblclick();
    await at.page.keyboard.type("24");
    await shape(at, "(None, 32, 32, 24)").waitFor();
    await at.press("Control+z");
    await shape(at, "(None, 32, 32, 16)").waitFor();
  });
}

async function keeping(story: Story, at: Workbench): Promise<void> {
  await story.step("the same as a list", async () => {
    await at.panel.getByRole("button", { name: "The same as a list" }).click();
    await at.panel.locator("#list li", { hasText: "stem" }).first().waitFor();
  });
  for (const as of ["SVG", "PNG"])
    await story.step(`it is kept as ${as}`, async () => {
      if (as === "SVG") await at.panel.getByRole("button", { name: "The same as a list" }).click();
      await at.panel.getByRole("button", { name: `Save as a${as === "SVG" ? "n" : ""} ${as}` }).click();
      const input = at.page.locator(".quick-input-widget:visible input").first();
      await input.waitFor();
      await at.page.waitForTimeout(500);
      await at.press("Enter");
      await input.waitFor({ state: "hidden" });
      await at.command("View: Show Explorer");
      await at.file(`residual.${as.toLowerCase()}`).waitFor();
    });
}

async function others(story: Story, at: Workbench): Promise<void> {
  await story.step("what is not known is said", async () => {
    await at.closeAll();
    await at.open("own_model.py");
    await at.clickLens(/Architecture/, at.panel.getByText(/no call of it is seen/));
    await node(at, "Dense").waitFor();
  });
  await story.step("the architecture of a model in a notebook", async () => {
    await at.closeAll();
    await at.open("notebook.ipynb");
    await at.page.locator(".notebookOverlay .view-line", { hasText: /Σ/ }).first().click();
    await at.command("Inlayer: Show Architecture");
    await node(at, "LSTM").waitFor();
    await node(at, "Dense").click();
    await at.page.waitForTimeout(500);
  });
  await at.closeAll();
}

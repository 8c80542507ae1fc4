import type { Story } from "../harness/story.ts";
import type { Workbench } from "./workbench.ts";

const WIDTHS = [1280, 800] as const;

/** What is looked at rather than read: each in two widths, in the theme of the suite. */
export async function looks(story: Story, at: Workbench, address: string): Promise<void> {
  await at.page.goto(address);
  await at.file("digits.py").waitFor();
  const both = async (name: string, act: () => Promise<void>) => {
    for (const width of WIDTHS)
      await story.step(`${name} ${width}`, async () => {
        await at.page.setViewportSize({ width, height: 800 });
        await act();
      });
    await at.page.setViewportSize({ width: 1280, height: 800 });
    await at.press("Escape");
    await at.closeAll();
  };
  await summary(story, at, both);
  await refactor(story, at, both);
  await walkthrough(story, at, both);
}

type Both = (name: string, act: () => Promise<void>) => Promise<void>;

async function summary(story: Story, at: Workbench, both: Both): Promise<void> {
  await story.step("a summary", async () => {
    await at.open("digits.py");
    await at.lenses.first().waitFor();
    await at.command("Inlayer: Show Model Summary");
    await at.lenses.filter({ hasText: "Copy as Markdown" }).first().waitFor();
    await at.page.mouse.move(640, 790);
  });
  await story.step("a summary says which layers train", async () => {
    await at.lenses.getByText("Trainable").first().click();
    await at
      .line(/Traina/)
      .first()
      .waitFor();
  });
  await story.step("a summary follows the code", async () => {
    await at.word(/Dense\(10/, "10").dblclick();
    await at.page.keyboard.type("12");
    await at
      .line(/dense\s\(Dense\).*\(None,\s5,\s5,\s12\)/)
      .first()
      .waitFor();
    await at.press("Control+z");
    await at
      .line(/dense\s\(Dense\).*\(None,\s5,\s5,\s10\)/)
      .first()
      .waitFor();
  });
  await both("the summary", async () => {
    await at.lenses.filter({ hasText: "Copy as Markdown" }).first().waitFor();
  });
}

async function refactor(story: Story, at: Workbench, both: Both): Promise<void> {
  const menu = at.page.locator(".action-widget:visible", { hasText: "Name its" });
  await story.step("refactorings of a model", async () => {
    await at.open("text.py");
    await at
      .line(/Sequential\(/)
      .first()
      .click();
    await at.line(/Σ/).first().waitFor();
  });
  await both("the refactorings", async () => {
    await at.insist(() => at.press("Escape", "Control+Shift+R"), menu);
  });
  await story.step("a Sequential becomes functional", async () => {
    await at.open("text.py");
    await at
      .line(/Sequential\(/)
      .first()
      .click();
    await at.insist(() => at.press("Control+Shift+R"), menu);
    const entry = menu.getByText("Write it as a functional model");
    // A menu that a key opened takes no click before the mouse has moved.
    await entry.hover({ force: true });
    await entry.click();
    await at
      .line(/Model\(inputs,\soutputs/)
      .first()
      .waitFor();
    await at.line(/Σ/).first().waitFor();
  });
  await at.closeAll();
}

async function walkthrough(story: Story, at: Workbench, both: Both): Promise<void> {
  const page = at.page.locator(".gettingStartedContainer");
  await story.step("the walkthrough", async () => {
    // Pictures are shown where there is room for them.
    await at.press("Control+b");
    await at.command("Welcome: Open Walkthrough");
    await at.answer("Get Started with Inlayer");
    await page.getByText("Mistakes where they are made").waitFor();
  });
  const titles = ["Shapes at the ends", "Mistakes where", "Run a model forward", "The summary", "Write it another way"];
  for (const title of titles)
    await story.step(`the walkthrough, ${title}`, async () => {
      await page.getByText(title).first().click();
      await at.page.waitForTimeout(900);
    });
  await both("the walkthrough", async () => {
    await page.getByText("Mistakes where they are made").first().click();
    await at.page.waitForTimeout(900);
  });
  await story.step("an example", async () => {
    await at.press("Control+b");
    await at.command("Inlayer: Open an Example");
    await at.answer("Layer by layer");
    await at.line(/Σ/).first().waitFor();
  });
  await at.closeAll();
}

import assert from "node:assert/strict";
import type { Story } from "../harness/story.ts";
import type { Workbench } from "./workbench.ts";

const rows = (at: Workbench) => at.panel.locator("tbody tr");

/**
 * In the page: milliseconds from when the browser was told of a click on the button to the frame behind the one that
 * says that the run is over. How long the test takes to find the button and to click it is none of it.
 */
const UNTIL_SHOWN = `new Promise((resolve) => {
  const clicked = ({ timeStamp }) => {
    const timer = setInterval(() => {
      if (!document.body.innerText.includes("Cancelled")) return;
      clearInterval(timer);
      requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - timeStamp)));
    });
  };
  document.querySelector("#cancel").addEventListener("click", clicked, { capture: true });
})`;

/** Running models and the panel that shows what came out. */
export async function forward(story: Story, at: Workbench): Promise<void> {
  await story.step("run forward from the lens asks for the batch", async () => {
    await at.open("text.py");
    await at.clickLens(/Run/, at.page.locator(".quick-input-widget:visible", { hasText: "Batch size" }));
  });
  await story.step("the forward panel is filled", async () => {
    await at.answer("4");
    await rows(at).filter({ hasText: "bidirectional" }).locator("td", { hasText: "(4, 64)" }).first().waitFor();
    await at.panel.getByText(/layers ran in \d+ ms/).waitFor();
    assert.equal(await at.panel.locator(".wrong, .refused").count(), 0);
    await at.picture("forward");
  });
  await story.step("rows are sorted and found, and what stands out is marked", async () => {
    await at.panel.locator(".mark", { hasText: "slowest" }).waitFor();
    await at.panel.locator("th button", { hasText: "Layer" }).click();
    assert.match((await rows(at).first().textContent()) ?? "", /^bidirectional/);
    await at.panel.locator("#filter").fill("dense");
    await at.panel.locator("tbody tr", { hasText: "embedding" }).waitFor({ state: "detached" });
    await at.panel.locator("#filter").fill("");
    for (const _ of [1, 2]) await at.panel.locator("th button", { hasText: "Layer" }).click();
    assert.match((await rows(at).first().textContent()) ?? "", /^embedding/);
  });
  await story.step("what came out is shown, and stands at the lines until they are edited", async () => {
    await at.panel.locator("#outputs figure").scrollIntoViewIfNeeded();
    await at
      .line(/→.*params.*✓\s[\d.]+\sms\s·\s/)
      .first()
      .waitFor();
  });
  await story.step("a row leads to its line, by keyboard too", async () => {
    await rows(at).filter({ hasText: "dense" }).first().click();
    await at.page.locator(".statusbar-item", { hasText: "Ln 11" }).first().waitFor();
    await rows(at).first().focus();
    await at.press("ArrowDown", "ArrowDown", "Enter");
    await at.page
      .locator(".statusbar-item", { hasText: /Ln [678]/ })
      .first()
      .waitFor();
  });
  await story.step("what could stand in a Dense's place, side by side", async () => {
    await at.closeAll();
    await at.open("own_model.py");
    await at.command("Inlayer: Compare Ways of This Dense");
    await at.page.locator(".notification-list-item", { hasText: "nothing to compare here" }).waitFor();
    await at.command("Notifications: Clear All Notifications");
    await at.closeAll();
    await at.open("steps.py");
    await at.word(/Dense\(/, "Dense").click();
    await at.command("Inlayer: Compare Ways of This Dense");
    await at.panel.getByText("the same, bit for bit").waitFor();
    assert.equal(await at.panel.locator(".reach").count(), 5);
    await at.picture("compare");
  });
  await story.step("what does not fit the memory is refused", async () => {
    await at.closeAll();
    await at.open("heavy.py");
    await at.line(/Σ/).first().waitFor();
    await at.command("Inlayer: Run Forward");
    await at.answer("64");
    await at.panel.getByText(/too large to run here/).waitFor();
  });
  await story.step("a long run is cancelled", async () => {
    await at.panel.locator("#batch").fill("4");
    await at.panel.locator("#run").click();
    await at.panel.locator("#cancel").waitFor();
    await at.page.waitForTimeout(500);
    const shown: Promise<number> = at.panel.locator("#cancel").evaluate(UNTIL_SHOWN);
    await at.panel.locator("#cancel").click();
    await at.panel.getByText("Cancelled").waitFor();
    console.log(`  cancelled ${Math.round(await shown)} ms after the click (at most 100 ms)`);
    await at.panel.locator("#run").waitFor();
  });
}

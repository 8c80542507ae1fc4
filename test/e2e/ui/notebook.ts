import type { Story } from "../harness/story.ts";
import type { Workbench } from "./workbench.ts";

/** Cells in order are one module. */
export async function notebook(story: Story, at: Workbench): Promise<void> {
  const line = (text: RegExp) => at.page.locator(".notebookOverlay .view-line", { hasText: text }).first();
  await story.step("hints in the cells of a notebook", async () => {
    await at.closeAll();
    await at.open("notebook.ipynb");
    await line(/→\s\(None,\s10,\s64\)/).waitFor();
    await line(/Σ\s18,115\sparams/).waitFor();
    await at.page.waitForTimeout(500);
  });
  await story.step("a hover in a cell", async () => {
    await at.page.locator(".notebookOverlay .view-line span > span", { hasText: "Dense" }).first().hover();
    await at.page.locator(".monaco-hover:visible", { hasText: "195" }).first().waitFor();
  });
}

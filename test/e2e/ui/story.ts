import type { Story } from "../harness/story.ts";
import { commands } from "./commands.ts";
import { editing } from "./editing.ts";
import { forward } from "./forward.ts";
import { notebook } from "./notebook.ts";
import type { Workbench } from "./workbench.ts";

/** What a person does in a first hour, from an empty window on. */
export async function tell(story: Story, workbench: Workbench, address: string): Promise<void> {
  await story.step("the workbench", async () => {
    await workbench.page.goto(address);
    await workbench.file("digits.py").waitFor();
  });
  await editing(story, workbench);
  await forward(story, workbench);
  await commands(story, workbench);
  await notebook(story, workbench);
}

import { join } from "node:path";
import type { FrameLocator, Locator, Page } from "playwright-core";

/** The parts of VS Code that a person sees and touches. The editor draws blanks as U+00A0: match them with \s. */
export class Workbench {
  readonly page: Page;
  /** The folder for the pictures of the README; undefined where they are not to be taken. */
  private readonly readme: string | undefined;

  constructor(page: Page, readme: string | undefined) {
    this.page = page;
    this.readme = readme;
    page.setDefaultTimeout(40_000);
  }

  file(name: string): Locator {
    return this.page.locator(".explorer-folders-view .monaco-list-row", { hasText: name });
  }
  line(text: string | RegExp): Locator {
    return this.page.locator(".monaco-editor .view-line:visible", { hasText: text });
  }
  /** A word of the code itself, not of a hint beside it. */
  word(line: string | RegExp, word: string | RegExp): Locator {
    return this.line(line).locator("span > span", { hasText: word }).first();
  }
  get hover(): Locator {
    return this.page.locator(".monaco-hover:visible").first();
  }
  get lenses(): Locator {
    return this.page.locator(".codelens-decoration:visible");
  }
  /** Clicks a lens over the first model. */
  async clickLens(title: RegExp, until: Locator): Promise<void> {
    const lens = this.lenses.filter({ hasText: title }).first().getByText(title);
    await this.insist(() => lens.click(), until);
  }
  /** Acts as a person does who sees that it had no effect: once more. The workbench may just draw it all anew. */
  async insist(act: () => Promise<void>, until: Locator): Promise<void> {
    await act();
    await until.waitFor({ timeout: 8_000 }).catch(async () => {
      await this.press("Escape");
      await act();
      await until.waitFor();
    });
  }
  get problems(): Locator {
    return this.page.locator(".markers-panel .monaco-list-row");
  }
  get notification(): Locator {
    return this.page.locator(".notification-toast");
  }
  /** The forward panel's page: a frame within a frame. */
  get panel(): FrameLocator {
    return this.page.frameLocator("iframe.webview.ready").last().frameLocator("#active-frame");
  }

  async open(name: string): Promise<void> {
    await this.file(name).dblclick();
    await this.page.locator(".tab.active", { hasText: name }).waitFor();
  }

  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  /** Runs a command as a person finds it. */
  async command(title: string, exact: string | RegExp = title): Promise<void> {
    const row = this.page.locator(".quick-input-list .monaco-list-row", { hasText: exact }).first();
    // The palette may open before it knows what language the editor holds.
    await this.insist(async () => {
      await this.press("F1");
      await this.page.locator(".quick-input-widget:visible input").first().fill(`>${title}`);
    }, row);
    await row.click();
  }

  /** What VS Code asks at the top of its window. */
  async answer(text: string): Promise<void> {
    const input = this.page.locator(".quick-input-widget:visible input").first();
    // The palette that the command was chosen from is closed in its own time, and the question comes in its own.
    await input.waitFor();
    await this.page.waitForFunction(`!document.querySelector(".quick-input-widget input").value.startsWith(">")`);
    await input.fill(text);
    await this.press("Enter");
  }

  /** Ticks a box in the settings' page, as a person finds it, and comes back. */
  async setting(key: string, title: string): Promise<void> {
    await this.command("Preferences: Open Settings (UI)");
    const page = this.page.locator(".settings-editor");
    await page.locator(".settings-header").waitFor();
    await this.page.keyboard.type(key);
    await page.locator(".setting-item-bool", { hasText: title }).locator(".setting-value-checkbox").first().click();
    await this.page.waitForTimeout(300);
    await this.command("View: Close Editor");
  }

  async closeAll(): Promise<void> {
    await this.command("View: Close All Editors", /View: Close All Editors(?! in)/);
    const dialog = this.page.locator(".monaco-dialog-box", { hasText: "save" });
    if (await dialog.isVisible().catch(() => false)) await dialog.getByRole("button", { name: "Don't Save" }).click();
    await this.page.locator(".tab").first().waitFor({ state: "detached" });
  }

  /** A picture for the README, of a part of the window. */
  async picture(name: string, clip?: { x: number; y: number; width: number; height: number }): Promise<void> {
    if (this.readme === undefined) return;
    await this.page.screenshot({ path: join(this.readme, `${name}.png`), ...(clip && { clip }) });
  }
}

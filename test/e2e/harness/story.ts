import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";

/** Steps one after the other, a picture after each. After the first that fails the rest is not tried. */
export class Story {
  private readonly page: Page;
  private readonly pictures: string;
  private readonly print: (line: string) => void;
  private taken = 0;
  failed: string | undefined;

  constructor(page: Page, pictures: string, print: (line: string) => void) {
    this.page = page;
    this.pictures = pictures;
    this.print = print;
    mkdirSync(pictures, { recursive: true });
  }

  async step(name: string, act: () => Promise<void>): Promise<void> {
    if (this.failed !== undefined) return;
    const began = Date.now();
    try {
      await act();
      this.print(`  ok   ${name} (${Date.now() - began} ms)`);
      await this.picture(name);
    } catch (error) {
      this.failed = name;
      this.print(`  FAIL ${name}\n${error instanceof Error ? error.message : String(error)}`);
      await this.picture(`failed ${name}`);
    }
  }

  private async picture(name: string): Promise<void> {
    const number = String(++this.taken).padStart(2, "0");
    const path = join(this.pictures, `${number}-${name.replace(/\W+/g, "-")}.png`);
    await this.page.screenshot({ path }).catch(() => {});
  }
}

import { format } from "node:util";
import Mocha from "mocha";
import { MARK } from "../harness/mark.ts";

/** VS Code calls this in its extension host. Rejects where a test failed. */
export async function run(): Promise<void> {
  // What the editor itself says goes the same way; only marked lines are the suite's.
  Mocha.reporters.Base.consoleLog = (...words: unknown[]) => {
    for (const line of format(...words).split("\n")) console.log(`${MARK}${line}`);
  };
  const mocha = new Mocha({ timeout: 30_000, color: false, reporter: "spec" });
  mocha.suite.emit(Mocha.Suite.constants.EVENT_FILE_PRE_REQUIRE, globalThis, "", mocha);
  // In this order: the first sees an editor in which no Python file was opened yet.
  await import("./activation.ts");
  await import("./features.ts");
  await import("./commands.ts");
  await import("./notebook.ts");
  await import("./verify.ts");
  await new Promise<void>((resolve, reject) => {
    mocha.run((failures) => (failures === 0 ? resolve() : reject(new Error(`${failures} failed`))));
  });
}

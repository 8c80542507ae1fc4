import { commands, type Disposable, window } from "vscode";
import type { Intercept } from "../server.ts";
import { isModelNode } from "../views/models/nodes.ts";
import { commandArguments } from "../views/models/places.ts";
import type { App, Command } from "./command.ts";
import { compareWays } from "./compareWays.ts";
import { exportModel } from "./exportModel.ts";
import { goTo } from "./goTo.ts";
import { modelsCommands } from "./models.ts";
import { openExample } from "./openExample.ts";
import { reportWrongHint } from "./reportWrongHint.ts";
import { restartServer } from "./restartServer.ts";
import { runForward } from "./runForward.ts";
import { runOnFile } from "./runOnFile.ts";
import { runWithWeights } from "./runWithWeights.ts";
import { setInputShape } from "./setInputShape.ts";
import { showArchitecture } from "./showArchitecture.ts";
import { copySummary, showSummary, summaryPart } from "./showSummary.ts";
import { toggleHints } from "./toggleHints.ts";
import { verify } from "./verify.ts";
import { why } from "./why.ts";

const COMMANDS: readonly Command[] = [
  ...[runForward, runWithWeights, runOnFile, compareWays, showSummary, showArchitecture, setInputShape, toggleHints],
  ...[exportModel, verify, restartServer, why, reportWrongHint],
  ...[copySummary, summaryPart, openExample, goTo],
  ...modelsCommands,
];

/** Runs a command; what goes wrong is said once, in words, and stands in the output. */
async function guarded(app: App, command: Command, given: readonly unknown[]): Promise<void> {
  try {
    const args = isModelNode(given[0]) && !command.takesNode ? await commandArguments(given[0]) : given;
    await command.run(app, ...args);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    app.log.error(`${command.id}: ${message}`);
    const show = "Show Output";
    void window.showErrorMessage(`Inlayer: ${message}`, show).then((chosen) => chosen === show && app.log.show());
  }
}

export function createCommands(app: App): {
  readonly disposables: readonly Disposable[];
  readonly intercept: Intercept;
} {
  return {
    disposables: COMMANDS.map((command) =>
      commands.registerCommand(command.id, (...args: unknown[]) => guarded(app, command, args)),
    ),
    intercept: (name, args) => {
      const command = COMMANDS.find(({ serverId }) => serverId === name);
      return command && guarded(app, command, args);
    },
  };
}

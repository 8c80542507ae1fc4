import { ConfigurationTarget, commands, window, workspace } from "vscode";
import type { ModelsNode } from "../views/models/nodes.ts";
import type { Command } from "./command.ts";

const follow = (on: boolean) =>
  workspace.getConfiguration("inlayer.models").update("followCursor", on, ConfigurationTarget.Global);

/** What can be done with a model: the entries of its menu, by the commands behind them. */
const MENU: readonly (readonly [icon: string, label: string, command: string])[] = [
  ["play", "Run Forward", "inlayer.runForward"],
  ["run-all", "Run Forward with Weights", "inlayer.runWithWeights"],
  ["file-media", "Run Forward on a File", "inlayer.runOnFile"],
  ["table", "Show Model Summary", "inlayer.showSummary"],
  ["type-hierarchy", "Show Architecture", "inlayer.showArchitecture"],
  ["symbol-ruler", "Set Input Shape", "inlayer.setInputShape"],
  ["export", "Export to ONNX", "inlayer.exportOnnx"],
];

/** The buttons of the models view, and the menu behind the status bar. */
export const modelsCommands: readonly Command[] = [
  { id: "inlayer.models.refresh", run: ({ models }) => models.refresh() },
  { id: "inlayer.models.stop", run: async ({ models }) => models.stop() },
  { id: "inlayer.models.filter", run: ({ models }) => models.askFilter() },
  { id: "inlayer.models.clearFilter", run: async ({ models }) => models.filter("") },
  { id: "inlayer.models.follow", run: async () => follow(true) },
  { id: "inlayer.models.unfollow", run: async () => follow(false) },
  {
    id: "inlayer.models.open",
    takesNode: true,
    run: ({ models }, node) => models.open(node as ModelsNode),
  },
  {
    id: "inlayer.modelMenu",
    async run({ status }) {
      const shown = status.model;
      if (shown === undefined) {
        void window.showInformationMessage("The cursor is in no model that Inlayer sees.");
        return;
      }
      const { uri, model } = shown;
      const entries = MENU.map(([icon, label, command]) => ({ label: `$(${icon}) ${label}`, command }));
      const view = { label: "$(list-tree) Show in the Models View", command: "inlayer.models.focus" };
      const chosen = await window.showQuickPick([...entries, view], { title: model.name });
      if (chosen !== undefined) await commands.executeCommand(chosen.command, uri, model.index);
    },
  },
];

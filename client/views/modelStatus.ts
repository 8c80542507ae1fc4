import { Disposable, StatusBarAlignment, type TextEditor, window } from "vscode";
import { printBytes, printCount, printParams } from "../../server/features/numbers.ts";
import type { TreeModel } from "../../server/protocol/messages.ts";
import { modelUnder } from "./models/cursor.ts";
import { modelTooltip } from "./models/item.ts";
import { printFaults } from "./models/nodes.ts";
import type { ModelStore } from "./models/store.ts";

/** The model under the cursor, in the status bar: what it costs, and what is wrong with it. */
export class ModelStatus implements Disposable {
  private readonly store: ModelStore;
  private readonly item = window.createStatusBarItem("inlayer.model", StatusBarAlignment.Right, 101);
  private readonly disposables: Disposable;
  /** What is shown: a document, and a model in it. */
  private shown: { readonly uri: string; readonly model: TreeModel } | undefined;

  constructor(store: ModelStore) {
    this.store = store;
    this.item.name = "Model under the Cursor (Inlayer)";
    this.disposables = Disposable.from(
      this.item,
      store.onDidChange(() => this.draw(window.activeTextEditor)),
      window.onDidChangeActiveTextEditor((it) => this.draw(it)),
      window.onDidChangeTextEditorSelection(({ textEditor }) => this.draw(textEditor)),
    );
  }

  get model(): { readonly uri: string; readonly model: TreeModel } | undefined {
    return this.shown;
  }
  dispose(): void {
    this.disposables.dispose();
  }

  private draw(editor: TextEditor | undefined): void {
    if (editor !== window.activeTextEditor) return;
    const models = editor && this.store.of(editor.document.uri);
    const uri = editor?.document.uri.toString() ?? "";
    const model = models && modelUnder(models, { uri, line: editor?.selection.active.line ?? 0 });
    this.shown = model && { uri, model };
    if (model === undefined) {
      this.item.hide();
      return;
    }
    const { name, params, memory, faults } = model;
    const cost = params === undefined ? "not built" : `Σ ${printCount(params)}`;
    const takes = memory?.forward === undefined ? [] : [printBytes(memory.forward)];
    const found = [
      ...(faults.errors > 0 ? [`$(error) ${faults.errors}`] : []),
      ...(faults.warnings > 0 ? [`$(warning) ${faults.warnings}`] : []),
    ];
    // Short, or there is no room for it in a narrow window.
    const title = (models?.models.length ?? 0) > 1 ? `${name}: ` : "";
    this.item.text = `$(layers) ${title}${[[cost, ...takes].join(" · "), ...found].join("  ")}`;
    const spoken = [name, ...(params === undefined ? [cost] : [printParams(params)]), ...takes, ...printFaults(faults)];
    this.item.accessibilityInformation = { label: `Model ${spoken.join(", ")}` };
    this.item.tooltip = modelTooltip(model, "Click for what can be done with it.");
    this.item.command = { command: "inlayer.modelMenu", title: "Model Commands" };
    this.item.show();
  }
}

import {
  commands,
  Disposable,
  EventEmitter,
  type TextEditor,
  type TreeDataProvider,
  type TreeItem,
  Uri,
  window,
  workspace,
} from "vscode";
import { nodeUnder } from "./cursor.ts";
import { itemOf } from "./item.ts";
import { type ModelsNode, placeOf, treeOf } from "./nodes.ts";
import { goTo } from "./places.ts";
import type { ModelStore, Progress } from "./store.ts";

const VIEW = "inlayer.models";
/** Changes that come within so many milliseconds are drawn together. */
const TOGETHER = 100;
const FOCUS_STAYS = { preserveFocus: true };
const context = (key: string, value: boolean) => void commands.executeCommand("setContext", `${VIEW}.${key}`, value);

/** The models of the workspace as a tree; nothing is read before the view is looked at. */
export class ModelsView implements TreeDataProvider<ModelsNode>, Disposable {
  private readonly store: ModelStore;
  private readonly changed = new EventEmitter<void>();
  /** Before the tree, which listens from the first. */
  readonly onDidChangeTreeData = this.changed.event;
  private readonly tree = window.createTreeView(VIEW, { treeDataProvider: this, showCollapseAll: true });
  private readonly disposables: Disposable;
  private nodes: readonly ModelsNode[] = [];
  private words = "";
  private waiting: ReturnType<typeof setTimeout> | undefined;
  /** What was last chosen in the tree: its code may be that of other nodes too. */
  private opened: ModelsNode | undefined;
  /** On the way to code the cursor is where it was before. */
  private opening = 0;

  constructor(store: ModelStore) {
    this.store = store;
    this.disposables = Disposable.from(
      ...[this.changed, this.tree],
      store.onDidChange(() => this.redrawSoon()),
      this.tree.onDidChangeVisibility(() => this.looked()),
      window.onDidChangeTextEditorSelection(({ textEditor }) => this.follow(textEditor)),
      window.onDidChangeActiveTextEditor((it) => this.follow(it)),
    );
    this.looked();
  }

  getTreeItem(node: ModelsNode): TreeItem {
    const isOpen = node.kind === "folder" || node.kind === "file" || (node.kind === "model" && this.nodes.length === 1);
    return itemOf(node, this.words, isOpen || this.words !== "");
  }
  getChildren(node?: ModelsNode): ModelsNode[] {
    return [...(node?.children ?? this.nodes)];
  }
  getParent(node: ModelsNode): ModelsNode | undefined {
    return node.parent;
  }

  /** Reads the workspace anew. */
  async refresh(): Promise<void> {
    context("reading", true);
    context("read", false);
    const told = ({ done, of }: Progress) => this.say(`Reading ${done + 1} of ${of} files …`);
    try {
      await window.withProgress({ location: { viewId: VIEW } }, () => this.store.readWorkspace(told));
    } finally {
      context("reading", false);
      // Without a folder there is nothing to read, which is said in other words.
      context("read", (workspace.workspaceFolders ?? []).length > 0);
      this.say(undefined);
    }
  }
  stop(): void {
    this.store.stop();
  }
  /** Leads to the code of a node. */
  async open(node: ModelsNode): Promise<void> {
    const place = placeOf(node);
    this.opening++;
    try {
      if (place !== undefined) await goTo(place);
      else if (node.kind === "file") await commands.executeCommand("vscode.open", Uri.parse(node.uri), FOCUS_STAYS);
    } finally {
      this.opening--;
      this.opened = node;
    }
  }
  async askFilter(): Promise<void> {
    const words = await window.showInputBox({
      title: "Filter the models",
      prompt: "Words of a file, a model, a layer, its type or its shape; nothing shows all",
      value: this.words,
    });
    if (words !== undefined) this.filter(words);
  }
  filter(words: string): void {
    this.words = words.trim();
    context("filtered", this.words !== "");
    this.say(undefined);
    this.redraw();
  }
  dispose(): void {
    clearTimeout(this.waiting);
    this.disposables.dispose();
  }

  private say(progress: string | undefined): void {
    const message = progress ?? (this.words === "" ? undefined : `Only what holds “${this.words}”`);
    // Nothing is no message, and an empty one would take a line.
    this.tree.message = message as string;
  }
  private looked(): void {
    if (!this.tree.visible) return;
    this.redraw();
    if (!this.store.isWhole) void commands.executeCommand(`${VIEW}.refresh`);
    else this.follow(window.activeTextEditor);
  }
  /** While the workspace is read one file comes after the other. */
  private redrawSoon(): void {
    this.waiting ??= setTimeout(() => this.redraw(), TOGETHER);
  }
  private redraw(): void {
    clearTimeout(this.waiting);
    this.waiting = undefined;
    if (!this.tree.visible) return;
    this.nodes = treeOf(this.store.all(), this.words);
    this.changed.fire();
    this.follow(window.activeTextEditor);
  }
  /** Shows where the cursor is. */
  private follow(editor: TextEditor | undefined): void {
    if (editor === undefined || this.opening > 0 || !this.tree.visible || this.words !== "") return;
    if (!workspace.getConfiguration(VIEW).get("followCursor", true)) return;
    const { uri } = editor.document;
    const models = this.store.of(uri);
    if (models === undefined) return;
    const cursor = { uri: uri.toString(), line: editor.selection.active.line };
    const [selected] = this.opened === undefined ? this.tree.selection : [this.opened];
    const node = nodeUnder(this.nodes, models, cursor, selected);
    if (node !== selected) this.opened = undefined;
    // It may have gone meanwhile.
    if (node !== undefined && node !== selected) this.tree.reveal(node, { focus: false }).then(undefined, () => {});
  }
}

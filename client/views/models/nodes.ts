import { printCount } from "../../../server/features/numbers.ts";
import type { CodePlace, FileModels, TreeLayer, TreeModel } from "../../../server/protocol/messages.ts";

/** What the view shows, as plain data: a folder of the workspace, a file, a model, a layer. */
export type ModelsNode = FolderNode | FileNode | ModelNode | LayerNode;
interface Common {
  /** The same for the same thing in every reading, so that what is open stays open. */
  readonly id: string;
  readonly parent: ModelsNode | undefined;
  readonly children: readonly ModelsNode[];
}
export interface FolderNode extends Common {
  readonly kind: "folder";
  readonly name: string;
}
export interface FileNode extends Common {
  readonly kind: "file";
  readonly uri: string;
  readonly path: string;
}
export interface ModelNode extends Common {
  readonly kind: "model";
  readonly file: string;
  readonly model: TreeModel;
}
export interface LayerNode extends Common {
  readonly kind: "layer";
  readonly file: string;
  readonly layer: TreeLayer;
}

/** Whether a command was called on a model of the tree. */
export const isModelNode = (it: unknown): it is ModelNode =>
  typeof it === "object" && it !== null && "kind" in it && it.kind === "model" && "model" in it;

/** A file that was read, and how it is called: the folder of the workspace that it is in, and its path in there. */
export interface Shown {
  readonly models: FileModels;
  readonly folder: string;
  readonly path: string;
}

/** The tree of all files that have models, in the order of their paths; folders only where there are several. */
export function treeOf(files: readonly Shown[], words = ""): readonly ModelsNode[] {
  const withModels = files
    .filter(({ models }) => models.models.length > 0)
    .toSorted((a, b) => compare(a.folder, b.folder) || compare(a.path, b.path));
  const folders = [...new Set(withModels.map(({ folder }) => folder))];
  const below = (folder: string, parent: ModelsNode | undefined) =>
    withModels.filter((it) => it.folder === folder).flatMap((it) => kept(fileNode(it, parent), words));
  const isOne = folders.filter((it) => it !== "").length <= 1;
  return folders.flatMap((name): readonly ModelsNode[] => {
    // What was never saved is in no folder.
    if (isOne || name === "") return below(name, undefined);
    const children: ModelsNode[] = [];
    const node: FolderNode = { kind: "folder", id: name, name, parent: undefined, children };
    children.push(...below(name, node));
    return children.length === 0 ? [] : [node];
  });
}
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function fileNode({ models: { uri, models }, path }: Shown, parent: ModelsNode | undefined): FileNode {
  const children: ModelsNode[] = [];
  const node: FileNode = { kind: "file", id: uri, uri, path, parent, children };
  for (const model of models) {
    const layers: ModelsNode[] = [];
    const own: ModelNode = {
      ...{ kind: "model", id: `${uri}#${model.index}`, file: uri },
      ...{ model, parent: node, children: layers },
    };
    layers.push(...model.layers.map((layer, i) => layerNode(layer, i, own, uri)));
    children.push(own);
  }
  return node;
}
function layerNode(layer: TreeLayer, index: number, parent: ModelsNode, file: string): LayerNode {
  const children: ModelsNode[] = [];
  const node: LayerNode = { kind: "layer", id: `${parent.id}/${index}`, file, layer, parent, children };
  children.push(...layer.nested.map((it, i) => layerNode(it, i, node, file)));
  return node;
}

/** The node with what is left of it where words are looked for: what holds them, all above and all below it. */
function kept<N extends ModelsNode>(node: N, words: string): readonly N[] {
  if (words === "" || holds(node, words)) return [node];
  // The children of a node that was just made are its own array.
  const children = node.children as ModelsNode[];
  children.splice(0, children.length, ...children.flatMap((it) => kept(it, words)));
  return children.length > 0 ? [node] : [];
}
function holds(node: ModelsNode, words: string): boolean {
  const text = textOf(node).toLowerCase();
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
function textOf(node: ModelsNode): string {
  switch (node.kind) {
    case "folder":
      return node.name;
    case "file":
      return node.path;
    case "model":
      return `${node.model.name} ${node.model.kerasName}`;
    case "layer":
      return `${node.layer.name} ${node.layer.type} ${node.layer.shape ?? ""}`;
  }
}

/** Where the code of a node is; a file has none but itself. */
export const placeOf = (node: ModelsNode): CodePlace | undefined =>
  node.kind === "model" ? node.model.place : node.kind === "layer" ? node.layer.place : undefined;

/** Keras's own name says the type mostly: `dense_1`. */
const saysType = (name: string, type: string): boolean =>
  name
    .toLowerCase()
    .replace(/_/g, "")
    .startsWith(type.toLowerCase().replace(/layer$/, ""));

/** What stands in grey behind the name of a node. */
export function descriptionOf(node: ModelsNode): string {
  switch (node.kind) {
    case "folder":
      return "";
    case "file":
      return node.path.includes("/") ? node.path.slice(0, node.path.lastIndexOf("/")) : "";
    case "model":
      return modelText(node.model);
    case "layer":
      return layerText(node.layer);
  }
}
function modelText({ params, inputs, outputs, faults }: TreeModel): string {
  const count = params === undefined ? [] : [`Σ ${printCount(params)}`];
  const flow = inputs === undefined && outputs === undefined ? "not built" : `${inputs ?? "?"} → ${outputs ?? "?"}`;
  return [...count, ...printFaults(faults), flow].join(" · ");
}
function layerText({ name, type, shape, params }: TreeLayer): string {
  const what = saysType(name, type) ? [] : [type];
  return [...what, shape ?? "?", ...(params ? [printCount(params)] : [])].join(" · ");
}
export function printFaults({ errors, warnings }: TreeModel["faults"]): readonly string[] {
  const counted = (count: number, word: string) => (count === 0 ? [] : [`${count} ${word}${count === 1 ? "" : "s"}`]);
  return [...counted(errors, "error"), ...counted(warnings, "warning")];
}

import { MarkdownString, ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState, Uri } from "vscode";
import { printBytes, printCount, printParams, printShare } from "../../../server/features/numbers.ts";
import type { TreeLayer, TreeModel } from "../../../server/protocol/messages.ts";
import { gauge } from "./gauge.ts";
import { descriptionOf, type ModelsNode, printFaults } from "./nodes.ts";

/** How the editor draws a node. While words are looked for all is open; that is a tree of its own to the editor. */
export function itemOf(node: ModelsNode, words: string, open: boolean): TreeItem {
  const { None, Collapsed, Expanded } = TreeItemCollapsibleState;
  const state = node.children.length === 0 ? None : open ? Expanded : Collapsed;
  const item = new TreeItem(labelOf(node), state);
  item.id = words === "" ? node.id : `${words} ${node.id}`;
  item.description = descriptionOf(node);
  item.contextValue = node.kind;
  switch (node.kind) {
    case "folder":
      item.iconPath = ThemeIcon.Folder;
      return item;
    case "file":
      // With it come the icon of the file's type, and the colours of its problems.
      item.resourceUri = Uri.parse(node.uri);
      item.iconPath = ThemeIcon.File;
      break;
    case "model":
      item.iconPath = modelIcon(node.model);
      item.tooltip = modelTooltip(node.model);
      break;
    case "layer":
      item.iconPath = {
        dark: Uri.parse(gauge(node.layer.share, "dark")),
        light: Uri.parse(gauge(node.layer.share, "light")),
      };
      item.tooltip = layerTooltip(node.layer);
      item.accessibilityInformation = { label: spokenLayer(node.layer) };
      break;
  }
  item.command = { command: "inlayer.models.open", title: "Go to Code", arguments: [node] };
  return item;
}

function labelOf(node: ModelsNode): string {
  if (node.kind === "folder") return node.name;
  if (node.kind === "file") return node.path.slice(node.path.lastIndexOf("/") + 1);
  return node.kind === "model" ? node.model.name : node.layer.name;
}
function spokenLayer({ name, type, shape, params, share }: TreeLayer): string {
  const cost = params ? [printParams(params), ...(share ? [`${printShare(share)} of the model's`] : [])] : [];
  return [name, type, shape ?? "shape not known", ...cost].join(", ");
}
function modelIcon({ faults: { errors, warnings } }: TreeModel): ThemeIcon {
  const colour = errors > 0 ? "list.errorForeground" : warnings > 0 ? "list.warningForeground" : undefined;
  return new ThemeIcon("layers", colour === undefined ? undefined : new ThemeColor(colour));
}

const table = (rows: readonly (readonly [string, string | undefined])[]): string =>
  ["| | |", "|:--|:--|", ...rows.filter(([, it]) => it !== undefined).map(([a, b]) => `| ${a}\u2003 | ${b} |`)].join(
    "\n",
  );
const code = (text: string | undefined): string | undefined => text && `\`${text}\``;
const bytes = (count: number | undefined): string => (count === undefined ? "not known" : printBytes(count));

/** Parameters, memory and faults of a model, for the tree and the status bar. */
export function modelTooltip(model: TreeModel, footer?: string): MarkdownString {
  const { name, kerasName, kind, inputs, outputs, params, trainable, memory, faults } = model;
  const frozen = params !== undefined && trainable !== undefined && trainable !== params;
  const rows = table([
    ["Input", code(inputs)],
    ["Output", code(outputs)],
    ["Parameters", params === undefined ? "not known" : printCount(params)],
    ["Trainable", frozen ? printCount(trainable) : undefined],
    ["Weights", memory && printBytes(memory.weights)],
    [`Forward, batch of ${memory?.batch}`, memory && bytes(memory.forward)],
    ["Training with Adam", memory && bytes(memory.training)],
    ["Faults", printFaults(faults).join(", ") || undefined],
  ]);
  const title = name === kerasName ? `**${name}**` : `**${name}** · \`${kerasName}\``;
  return new MarkdownString([`${title} · ${kind}`, rows, ...(footer ? [footer] : [])].join("\n\n"));
}
function layerTooltip({ name, type, shape, params, share, trainable, isLayer }: TreeLayer): MarkdownString {
  const rows = table([
    ["Output", shape === undefined ? "not known" : code(shape)],
    ["Parameters", params === undefined ? "not known" : printParams(params).replace(/ params?$/, "")],
    ["Of the model's", share ? printShare(share) : undefined],
    ["Trainable", params && !trainable ? "no" : undefined],
  ]);
  const what = isLayer ? `**${type}** · \`${name}\`` : `**${type}** · an operation`;
  return new MarkdownString([what, rows].join("\n\n"));
}

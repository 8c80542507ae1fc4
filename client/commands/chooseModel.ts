import { window } from "vscode";
import { type ModelEntry, REQUESTS } from "../../server/protocol/messages.ts";
import type { App } from "./command.ts";
import { placeOf, sayThereIsNoFile } from "./place.ts";

export interface Chosen {
  readonly uri: string;
  readonly model: ModelEntry;
}

const signature = ({ inputs, outputs }: ModelEntry): string =>
  `${inputs?.join(", ") ?? "?"} → ${outputs?.join(", ") ?? "?"}`;
const cost = ({ params }: ModelEntry): string =>
  params === undefined ? "" : `${params.toLocaleString("en-US")} params`;

/**
 * The model that a command is about: by its number where a lens gave one, else the one that the cursor is in, else the
 * only one; else the person chooses. Undefined where there is none, which has been said, or none was chosen.
 */
export async function chooseModel(app: App, uri: unknown, index: unknown): Promise<Chosen | undefined> {
  const place = placeOf(uri);
  if (place === undefined) {
    sayThereIsNoFile();
    return undefined;
  }
  const document = place.uri.toString();
  const models = await app.server.request<readonly ModelEntry[]>(REQUESTS.models, { uri: document });
  if (models.length === 0) {
    void window.showInformationMessage(
      "Inlayer sees no model in this file. “Inlayer: Why Is There Nothing Here?” tells more.",
    );
    return undefined;
  }
  const line = place.position?.line ?? -1;
  const model =
    models.find((it) => it.index === index) ??
    models.find(({ range }) => range.start.line <= line && line <= range.end.line) ??
    (models.length === 1 ? models[0] : await pick(models, line));
  return model && { uri: document, model };
}

/** The models, the nearest above the cursor first: it is the one that was meant more often than not. */
async function pick(models: readonly ModelEntry[], line: number): Promise<ModelEntry | undefined> {
  const above = models.findLast(({ range }) => range.start.line <= line);
  const order = above ? [above, ...models.filter((it) => it !== above)] : models;
  const items = order.map((model) => ({
    label: model.name,
    description: `line ${model.range.start.line + 1}`,
    detail: [cost(model), signature(model)].filter(Boolean).join(" · "),
    model,
  }));
  return (await window.showQuickPick(items, { title: "Which model?", matchOnDetail: true }))?.model;
}

import type { CodePlace, FileModels, TreeLayer, TreeModel } from "../../../server/protocol/messages.ts";
import { heightOf, isOnLine } from "../range.ts";
import { type ModelsNode, placeOf } from "./nodes.ts";

/** A line of a document, by its URI as the editor spells it. */
export interface Cursor {
  readonly uri: string;
  readonly line: number;
}

const covers = (place: CodePlace | undefined, cursor: Cursor): place is CodePlace =>
  place?.uri === cursor.uri && isOnLine(place, cursor);

function placesOf({ place, layers }: TreeModel): readonly CodePlace[] {
  const below = (all: readonly TreeLayer[]): readonly (CodePlace | undefined)[] =>
    all.flatMap((it) => [it.place, ...below(it.nested)]);
  return [place, ...below(layers)].filter((it) => it !== undefined);
}

/**
 * The model that the cursor is in: where it or one of its layers stands; else between the first of these lines and the
 * last, the tightest such model; else the only one of the file. Undefined where none is meant.
 */
export function modelUnder({ models }: FileModels, cursor: Cursor): TreeModel | undefined {
  const all = models.map((model) => ({ model, places: placesOf(model).filter(({ uri }) => uri === cursor.uri) }));
  const own = all.find(({ model }) => covers(model.place, cursor));
  if (own !== undefined) return own.model;
  const exact = tightest(
    all.flatMap(({ model, places }) =>
      places.filter((it) => covers(it, cursor)).map((it) => ({ model, size: heightOf(it) })),
    ),
  );
  const around = all.flatMap(({ model, places }) => {
    const first = Math.min(...places.map(({ range }) => range.start.line));
    const last = Math.max(...places.map(({ range }) => range.end.line));
    return first <= cursor.line && cursor.line <= last ? [{ model, size: last - first }] : [];
  });
  return exact ?? tightest(around) ?? (models.length === 1 ? models[0] : undefined);
}
function tightest(found: readonly { readonly model: TreeModel; readonly size: number }[]): TreeModel | undefined {
  return found.toSorted((a, b) => a.size - b.size)[0]?.model;
}

/** The node to show for the cursor: the layer that is made there, else its model; a node that fits already stays. */
export function nodeUnder(
  nodes: readonly ModelsNode[],
  models: FileModels,
  cursor: Cursor,
  selected: ModelsNode | undefined,
): ModelsNode | undefined {
  if (selected !== undefined && covers(placeOf(selected), cursor)) return selected;
  const model = modelUnder(models, cursor);
  const all = nodes.flatMap(withBelow);
  const node = all.find((it) => it.kind === "model" && it.file === models.uri && it.model.index === model?.index);
  if (node === undefined) return undefined;
  const layers = withBelow(node).filter((it) => it.kind === "layer" && covers(it.layer.place, cursor));
  const size = (it: ModelsNode): number => {
    const place = placeOf(it);
    return place === undefined ? Number.POSITIVE_INFINITY : heightOf(place);
  };
  const [layer] = layers.toSorted((a, b) => size(a) - size(b));
  // The whole model may be one call over many lines, with its layers inside.
  return layer ?? node;
}
export const withBelow = (node: ModelsNode): readonly ModelsNode[] => [node, ...node.children.flatMap(withBelow)];

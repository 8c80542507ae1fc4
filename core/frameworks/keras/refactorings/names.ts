import type { LayerReport } from "../../../analysis.ts";
import type { TextEdit } from "../../../interpreter/framework.ts";
import { findCall } from "../../../python/search.ts";
import type { Refactoring, RefactoringSite } from "../../../refactoring.ts";
import { indentBefore } from "../edits/source.ts";
import { LAYERS } from "../layers/index.ts";
import { modelHere } from "./place.ts";

/**
 * Gives the model's layers the names that they have by themselves: then a layer that is put in between renames none,
 * and files of weights still fit.
 */
export function nameLayers(site: RefactoringSite): Refactoring | undefined {
  const model = modelHere(site);
  const places = new Map<string, { readonly layer: LayerReport; readonly names: Set<string> }>();
  for (const layer of site.analysis.models.flatMap((it) => it.layers)) {
    if (layer.location?.path !== site.path || layer.isOperation === true) continue;
    const { start, end } = layer.location.span;
    const known = places.get(`${start} ${end}`) ?? { layer, names: new Set() };
    places.set(`${start} ${end}`, known);
    known.names.add(layer.name);
  }
  const own = new Set(model?.layers.map(({ name }) => name));
  // A line that makes several layers cannot name them.
  const alone = [...places.values()].filter(({ layer, names }) => names.size === 1 && own.has(layer.name));
  const edits = alone.flatMap(({ layer }) => named(layer, site) ?? []);
  if (model === undefined || edits.length === 0) return undefined;
  const what = edits.length === 1 ? "its layer" : `its ${edits.length} layers`;
  return { title: `Name ${what} as Keras does`, kind: "rewrite.names", edits };
}

function named({ name, type, location }: LayerReport, { text, module }: RefactoringSite): TextEdit | undefined {
  const found = location && LAYERS.has(type) ? findCall(module, location.span) : undefined;
  if (found === undefined || found.call.args.some((it) => it.name === "name" || it.kind === "stars")) return undefined;
  const { call, base } = found;
  const last = call.args.at(-1);
  const at = base + (last?.span.end ?? call.argsSpan.start + 1);
  // One to a line, where the last one has a line of its own.
  const indent = last && indentBefore(text, base + last.span.start);
  const before = last === undefined ? "" : indent === undefined ? ", " : `,\n${indent}`;
  return { span: { start: at, end: at }, newText: `${before}name="${name}"` };
}

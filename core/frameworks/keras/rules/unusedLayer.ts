import type { Mark } from "../../../interpreter/framework.ts";
import type { Machine } from "../../../interpreter/machine.ts";
import type { Fault, PlacedEdit } from "../../../interpreter/record.ts";
import type { Place } from "../../../interpreter/values.ts";
import { type Binding, type Loss, lossOf } from "../../../python/lost.ts";
import type { Expression, Module, Name } from "../../../python/syntax.ts";
import { type LayerCalled, producerOf } from "../runtime/graph.ts";
import { type LayerRecord, nodeOf, recordOf } from "../runtime/records.ts";
import { modelsIn } from "../runtime/reports.ts";
import { type Held, heldBy } from "../runtime/tracking.ts";

/**
 * Layers that were called on a tensor of a functional model, and whose output goes nowhere: no model holds them, and
 * the text shows that nothing can have read what they gave.
 */
export function unusedLayers(
  m: Machine,
  marks: readonly Mark[],
  moduleOf: (path: string) => Module | undefined,
): readonly Fault[] {
  const called = marks.filter(({ type }) => type === "layer call");
  const models = modelsIn(marks).flatMap((it) => recordOf(m, it) ?? []);
  if (called.length === 0 || !models.some((it) => it.model?.kind === "functional")) return [];
  // What is in a model that is not known may be anything.
  if (models.some((it) => it.weightsUnknown !== undefined)) return [];
  const held = heldBy(m, models);
  // Neighbours are mostly of one model: it is asked first, since this runs over all calls at every keystroke.
  let last: Held | undefined;
  const isHeld = ({ layer }: LayerCalled): boolean => {
    if (last?.layers.has(layer.id) !== true) last = held.find(({ layers }) => layers.has(layer.id));
    return last !== undefined;
  };
  const free = called.filter(({ data }) => !isHeld(data as LayerCalled));
  return free.flatMap(({ data, place }) => {
    const { layer, node } = data as LayerCalled;
    if (!isFed(m, node, held)) return [];
    const record = recordOf(m, layer);
    const module = moduleOf(place.path);
    const loss = module === undefined || record === undefined ? undefined : lossOf(module, place.statement);
    return loss === undefined || record === undefined ? [] : [fault(record, loss, place)];
  });
}

/** What it took comes from a model's graph. */
function isFed(m: Machine, node: number, held: readonly Held[]): boolean {
  const seen = new Set<number>();
  for (const waiting = [node]; waiting.length > 0; ) {
    const id = waiting.pop() ?? 0;
    if (held.some(({ nodes }) => nodes.has(id))) return true;
    if (seen.has(id)) continue;
    seen.add(id);
    for (const input of nodeOf(m, id)?.inputs ?? []) waiting.push(producerOf(m, input)?.id ?? 0);
  }
  return false;
}

function fault({ name }: LayerRecord, loss: Loss, place: Place): Fault {
  const bound = loss.kind === "discarded" ? "" : loss.statement.targets[0].name;
  const why = {
    discarded: "what it gives is not bound to a name",
    rebound: `\`${bound}\` is bound again before anything reads it`,
    unmentioned: `nothing reads \`${bound}\``,
  }[loss.kind];
  const edit = passedOn(loss, place);
  return {
    code: "unused-layer",
    severity: "warning",
    place,
    message: `The output of ${name} goes nowhere, and no model holds it: ${why}. Give it to the next layer`,
    related:
      loss.kind !== "rebound" ? [] : [{ place: at(loss.by, place), message: `\`${bound}\` is bound again here` }],
    repairs: edit === undefined ? [] : [{ title: "Give it to the next layer", preferred: true, edits: [edit] }],
  };
}
const at = ({ id, value: { span } }: Binding, { path }: Place): Place => ({ path, statement: id, span });

/** What the layers behind it took is made what it gives: they read the same name, or the next one reads its. */
function passedOn(loss: Loss, place: Place): PlacedEdit | undefined {
  const taken = onlyName(loss.statement.value);
  if (taken === undefined) return undefined;
  const start = { ...place, span: { start: 0, end: 0 } };
  if (loss.kind === "discarded") return { place: start, text: `${taken.name} = ` };
  const [target] = loss.statement.targets;
  if (loss.kind === "unmentioned") return { place: { ...place, span: target.span }, text: taken.name };
  const next = onlyName(loss.by.value);
  if (next === undefined || next.name !== taken.name) return undefined;
  return { place: { ...at(loss.by, place), span: next.span }, text: target.name };
}

/** The one name that a layer is called on. */
function onlyName(value: Expression): Name | undefined {
  const [first, ...others] = value.kind === "Call" ? value.args : [];
  return others.length === 0 && first?.kind === "positional" && first.value.kind === "Name" ? first.value : undefined;
}

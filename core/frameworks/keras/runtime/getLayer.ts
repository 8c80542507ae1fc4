import type { Machine } from "../../../interpreter/machine.ts";
import { type Arg, type Instance, numberOf, stringOf, unknown, type Value } from "../../../interpreter/values.ts";
import { snakeCase } from "./automaticNames.ts";
import { type LayerRecord, type Operation, recordOf } from "./records.ts";
import { innerLayers, listedLayers } from "./tracking.ts";

/** `model.get_layer(name)` or `model.get_layer(index=…)`; a layer that is certainly not there is a fault. */
export function getLayer(m: Machine, self: Instance, name: Arg | undefined, index: Arg | undefined): Value {
  const layers = innerLayers(m, self);
  const wanted = stringOf(name?.value);
  if (name !== undefined && wanted !== undefined) {
    const found = layers.find((it) => recordOf(m, it)?.name === wanted);
    if (found !== undefined) return found;
    const others = otherLayers(m, self);
    if (others !== undefined && !others.some((it) => it.mayBe(wanted))) {
      const list = others.map((it) => it.name).join(", ");
      refuse(m, name, `the model has no layer "${wanted}": its layers are ${shortened(list)}`);
    }
    return unknown(`there is no layer ${wanted} that Inlayer knows`);
  }
  const at = numberOf(index?.value);
  if (index === undefined || at === undefined) return unknown("which layer is not known");
  const count = otherLayers(m, self)?.length;
  if (count !== undefined && at >= count) {
    refuse(m, index, `the model has no layer ${at}: it has ${count}, counted from 0`);
  }
  return listedLayers(m, self).at(at) ?? unknown(`there is no layer ${at} that Inlayer knows`);
}

function refuse(m: Machine, arg: Arg, message: string): void {
  const place = arg.place ?? m.here;
  m.report({ code: "bad-argument", severity: "error", place, message, related: [], repairs: [] });
}

/** A layer of a model, or an operation, which Keras 2 counts among them. */
interface Candidate {
  readonly name: string;
  mayBe(wanted: string): boolean;
}

/** All that Keras may list; undefined where that is not certain. */
function otherLayers(m: Machine, self: Instance): readonly Candidate[] | undefined {
  const model = recordOf(m, self)?.model;
  const layers = innerLayers(m, self).map((it) => recordOf(m, it));
  if (model?.kind === "sequential") {
    if (model.open !== undefined) return undefined;
    const input = model.input === undefined ? [] : [candidate(model.input.name, "InputLayer")];
    return known([...input, ...layers.map(candidateOf)]);
  }
  if (model?.kind !== "functional") return undefined;
  const operations = model.operations.filter(
    (it): it is Extract<Operation, { kind: "operation" }> => it.kind !== "layer",
  );
  return known([...operations.map((it) => candidate(it.name, it.type)), ...layers.map(candidateOf)]);
}
const known = (all: readonly (Candidate | undefined)[]): readonly Candidate[] | undefined => {
  const certain = all.filter((it) => it !== undefined && it.name !== "?");
  return certain.length === all.length ? (certain as readonly Candidate[]) : undefined;
};

const candidateOf = (record: LayerRecord | undefined): Candidate | undefined =>
  record && candidate(record.name, record.type);

/** Numbers of automatic names count what the whole program has made, also where that is not followed. */
function candidate(name: string, type: string): Candidate {
  const automatic = new RegExp(`^${snakeCase(type)}(_\\d+)?$`);
  return { name, mayBe: (wanted) => wanted === name || (automatic.test(name) && automatic.test(wanted)) };
}

const LONGEST = 120;
const shortened = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text);

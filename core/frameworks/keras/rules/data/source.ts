import type { Machine } from "../../../../interpreter/machine.ts";
import { lookupIn, variablesIn } from "../../../../interpreter/names.ts";
import type { PlacedEdit, Repair } from "../../../../interpreter/record.ts";
import type { Arg, Place, TensorValue, Value } from "../../../../interpreter/values.ts";
import type { Expression } from "../../../../python/syntax.ts";
import { isSize, NONE } from "../../../../tensor/dim.ts";
import { printShape, type Shape } from "../../../../tensor/shape.ts";
import { type Definition, definitionOf } from "../../runtime/definitions.ts";
import { producerOf } from "../../runtime/graph.ts";
import { type LayerRecord, recordOf } from "../../runtime/records.ts";

/** Where the program says the shape of a model's input, and how it would say another one there. */
export interface Source {
  readonly place: Place;
  /** Where it would say this sample: where a size, or the whole, got its name, or else `place`. */
  placeFor(sample: Shape): Place;
  /** Repairs that make it say the shape of this sample, without the batch. */
  rewrite(sample: Shape): readonly Repair[];
}

/** The arguments that say a shape; those of the second kind hold the batch, the last is a number. */
const NAMES = ["input_shape", "shape", "batch_input_shape", "batch_shape", "input_dim"] as const;

export function sourceOf(m: Machine, record: LayerRecord, input: TensorValue): Source | undefined {
  const { model } = record;
  const sequential = model?.kind === "sequential" ? model : undefined;
  if (sequential?.input?.deferred) return undefined;
  const operation = producerOf(m, sequential?.input?.tensor ?? input)?.node.operation;
  const own = operation?.kind === "layer" ? recordOf(m, operation.layer) : undefined;
  const first = recordOf(m, sequential?.layers[0]);
  for (const candidate of [own, first]) {
    const found = candidate === undefined ? undefined : saidBy(m, candidate);
    if (found !== undefined) return found;
  }
  const place = sequential?.input?.place ?? input.origin;
  return place === undefined ? undefined : { place, placeFor: () => place, rewrite: () => [] };
}

/** What a layer's own arguments say of its input: the first that is in the text. */
export function saidBy(m: Machine, { declared, args, callers }: LayerRecord): Source | undefined {
  for (const name of NAMES) {
    const arg = args[name];
    const { place } = arg ?? {};
    if (arg === undefined || place === undefined || arg.value.kind === "none") continue;
    // An Embedding's is the number of words.
    if (name === "input_dim" && declared === "Embedding") continue;
    const [inner, outer = inner] = callers;
    const kept = attributesIn(m, arg, name);
    // What a constructor was given is kept on `self`; one of its methods makes the layer, or it does itself.
    const call = kept.length > 0 ? outer : inner;
    const given = call === undefined ? [] : kept.length > 0 ? kept : parametersIn(m, arg.node);
    if (call === undefined || given.length === 0) return saidAt(m, arg, place, name);
    return { place: call, placeFor: () => call, rewrite: (sample) => given.flatMap((it) => passed(call, it, sample)) };
  }
  return undefined;
}

function saidAt(m: Machine, arg: Arg, place: Place, name: (typeof NAMES)[number]): Source {
  return {
    place,
    placeFor: (sample) => named(m, arg, sample)?.edits[0]?.place ?? place,
    rewrite: (sample) => {
      const there = named(m, arg, sample);
      const here = rewritten(arg, place, name, sample);
      return there === undefined ? here : [there, ...here.map((it) => ({ ...it, preferred: false }))];
    },
  };
}

/** The shape, or each of its sizes that is another, stands in the text by a name: that is given another value. */
function named(m: Machine, { node, value }: Arg, sample: Shape): Repair | undefined {
  const whole = definitionOf(m, node);
  if (!sample.dims.every((dim) => dim === NONE || isSize(dim))) return undefined;
  const title = `${printShape(sample)}: the shape of one sample`;
  if (whole !== undefined && value.kind === "tuple")
    return { title, preferred: true, edits: [{ place: whole.place, text: printShape(sample) }] };
  const [items, sizes] = [node?.kind === "Tuple" ? node.items : [], value.kind === "tuple" ? value.items : []];
  if (items.length === 0 || items.length !== sample.rank || sizes.length !== items.length) return undefined;
  const edits: PlacedEdit[] = [];
  for (const [i, dim] of sample.dims.entries()) {
    const size = sizes[i];
    if (size?.kind === "int" && size.size === dim) continue;
    const made = definitionOf(m, items[i]) ?? givenOn(m, items[i], size);
    if (made?.node.kind !== "Constant" || typeof dim !== "number" || isNamed(m, dim)) return undefined;
    edits.push({ place: made.place, text: String(dim) });
  }
  return edits.length === 0 ? undefined : { title, preferred: true, edits };
}

/** `self.state_size` holds what a variable of that name was given. */
function givenOn(m: Machine, node: Expression | undefined, size: Value | undefined): Definition | undefined {
  if (node?.kind !== "Attribute" || size?.kind !== "int") return undefined;
  const made = definitionOf(m, { ...node, kind: "Name" });
  const said = made?.node.kind === "Constant" && made.node.value.kind === "int" ? made.node.value.value : undefined;
  return said !== undefined && Number(said) === size.size ? made : undefined;
}

/** A variable holds the size that is wanted: it was to stand there. */
const isNamed = (m: Machine, size: number): boolean =>
  variablesIn(m, m.scope).some(([, it]) => it.kind === "int" && it.size === size);

interface Passed {
  readonly parameter: string;
  /** Which axis it is the size of; undefined for the whole shape. */
  readonly axis: number | undefined;
}
/** The names in a shape that the module does not know: parameters of the function that says it. */
export function parametersIn(m: Machine, node: Expression | undefined): readonly Passed[] {
  const isLocal = (name: string) => lookupIn(m, m.scope, name) === undefined;
  if (node?.kind === "Name") return isLocal(node.name) ? [{ parameter: node.name, axis: undefined }] : [];
  if (node?.kind !== "Tuple" && node?.kind !== "List") return [];
  return node.items.flatMap((it, axis) =>
    it.kind === "Name" && isLocal(it.name) ? [{ parameter: it.name, axis }] : [],
  );
}
/** `self.state_size`, by the constructor's parameter of that name. */
function attributesIn(m: Machine, { node, value }: Arg, name: (typeof NAMES)[number]): readonly Passed[] {
  const items = node?.kind === "Tuple" || node?.kind === "List" ? node.items : node === undefined ? [] : [node];
  const sizes = value.kind === "tuple" ? value.items : [value];
  if (items.some((it, i) => givenOn(m, it, sizes[i]) !== undefined)) return [];
  return items.flatMap((it, axis) =>
    it.kind === "Attribute" && it.object.kind === "Name" && it.object.name === "self"
      ? [{ parameter: it.name, axis: items[0] === node && name !== "input_dim" ? undefined : axis }]
      : [],
  );
}
/** The call that gave a parameter gives another value. */
export function passed(place: Place, { parameter, axis }: Passed, sample: Shape): readonly Repair[] {
  const dim = axis === undefined ? undefined : sample.at(axis);
  if (axis === undefined ? !sample.dims.every((it) => it === NONE || isSize(it)) : typeof dim !== "number") return [];
  const text = `${parameter}=${dim === undefined ? printShape(sample) : String(dim)}`;
  return [{ title: text, preferred: true, edits: [{ place, text, form: "call argument" }] }];
}

function rewritten(arg: Arg, place: Place, name: (typeof NAMES)[number], sample: Shape): readonly Repair[] {
  if (!sample.dims.every((dim) => dim === NONE || isSize(dim))) return [];
  const text = written(arg, name, sample);
  return [{ title: `${text}: the shape of one sample`, preferred: true, edits: [{ place, text }] }];
}

function written(arg: Arg, name: (typeof NAMES)[number], sample: Shape): string {
  const isWhole = name.startsWith("batch");
  const shape = isWhole ? `(None, ${printShape(sample).slice(1)}` : printShape(sample);
  if (name === "input_dim") return sample.rank === 1 ? `input_dim=${String(sample.at(0))}` : `input_shape=${shape}`;
  return arg.name === undefined ? shape : `${name}=${shape}`;
}

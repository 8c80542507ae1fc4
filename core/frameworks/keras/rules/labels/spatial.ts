import type { Repair } from "../../../../interpreter/record.ts";
import { numberOf, samePlace, stringOf, type Value } from "../../../../interpreter/values.ts";
import { asNumber } from "../../../../tensor/dim.ts";
import { type LayerRecord, recordOf } from "../../runtime/records.ts";
import { endOf, type Meeting } from "../../training/meeting.ts";
import { insertBefore } from "../insert.ts";
import { unpadded } from "../refusals/sizes.ts";
import { said, setArgument } from "../setArgument.ts";
import { bothShapes, type Cause } from "./fault.ts";

/**
 * A picture or a series goes in and one of another size comes out, as of a decoder that does not undo what the encoder
 * did: one upsampling too many or too few, a convolution without padding, a rim that upsampling left.
 */
export function otherSize(meeting: Meeting): Cause | undefined {
  const { m, label, output } = meeting;
  const [y, made] = [label.shape, output.shape];
  const axes = y.rank - 2;
  if (y.rank !== made.rank || axes < 1 || axes > 3) return undefined;
  const sizes = Array.from({ length: axes }, (_, i) => [asNumber(y.at(i + 1)), asNumber(made.at(i + 1))] as const);
  if (sizes.some(([a, b]) => !Number.isInteger(a) || !Number.isInteger(b)) || sizes.every(([a, b]) => a === b))
    return undefined;
  const path = endOf(meeting).flatMap((it) => recordOf(m, it) ?? []);
  const found =
    repeated(path, sizes) ??
    otherFactor(path, sizes) ??
    tooMany(path, sizes) ??
    padded(path, sizes) ??
    begun(path, sizes) ??
    tooFew(path, sizes, axes) ??
    unpad(path, sizes) ??
    cropped(path, sizes, axes);
  return found && { code: "label-shape", message: `${bothShapes(meeting)}: another size`, ...found };
}
type Sizes = readonly (readonly [wanted: number, made: number])[];
type Found = Pick<Cause, "place" | "repairs">;

const one = (record: LayerRecord, repair: Repair): Found => ({
  place: repair.edits[0]?.form === undefined ? repair.edits[0]?.place : (record.called ?? record.place),
  repairs: [repair],
});

/** A code that is repeated for the steps of another series than the one that comes out. */
function repeated(path: readonly LayerRecord[], sizes: Sizes): Found | undefined {
  const n = path.find(({ declared }) => declared === "RepeatVector")?.args["n"];
  const [[wanted, made] = [0, 0]] = sizes;
  if (n?.place === undefined || n.value.kind !== "int" || n.value.size !== made) return undefined;
  const text = said(n, "n", String(wanted));
  return { place: n.place, repairs: [{ title: text, preferred: true, edits: [{ place: n.place, text }] }] };
}

/** An upsampling by another factor than what is halved before it: `UpSampling2D(3)` for `UpSampling2D(2)`. */
function otherFactor(path: readonly LayerRecord[], sizes: Sizes): Found | undefined {
  for (const { declared, args, place } of path) {
    // In a loop it stands for several.
    if (path.some((it) => it.place !== place && samePlace(it.place, place))) continue;
    const size = /^UpSampling\dD$/.test(declared ?? "") ? args["size"] : undefined;
    if (size?.place === undefined || size.value.kind !== "int" || typeof size.value.size !== "number") continue;
    const factor = size.value.size;
    const fitting = new Set(sizes.map(([wanted, made]) => (factor * wanted) / made));
    const [fresh = 0] = fitting;
    if (fitting.size !== 1 || !Number.isInteger(fresh) || fresh < 2) continue;
    const text = said(size, "size", String(fresh));
    return { place: size.place, repairs: [{ title: text, preferred: true, edits: [{ place: size.place, text }] }] };
  }
  return undefined;
}

function tooMany(path: readonly LayerRecord[], sizes: Sizes): Found | undefined {
  const last = path.find(({ declared }) => /^UpSampling\dD$/.test(declared ?? ""));
  if (last === undefined || !sizes.every(([wanted, made]) => made === 2 * wanted)) return undefined;
  const edits = [{ place: last.place, text: "", form: "no layer" }];
  return one(last, { title: `Without ${last.name}`, preferred: true, edits });
}

function padded(path: readonly LayerRecord[], sizes: Sizes): Found | undefined {
  const odd = unpadded(path);
  if (odd === undefined || !sizes.every(([wanted, made]) => made < wanted)) return undefined;
  const edit = setArgument(odd, "padding", '"same"');
  return { place: edit.place, repairs: [{ title: 'padding="same"', preferred: true, edits: [edit] }] };
}

/**
 * A decoder whose first grid, a Dense and a Reshape, is too small or too large for what it makes of it: by a factor
 * that no number of doublings is.
 */
function begun(path: readonly LayerRecord[], sizes: Sizes): Found | undefined {
  const at = path.findIndex(({ declared }) => declared === "Reshape");
  const [target, units] = [path[at]?.args["target_shape"], path[at + 1]?.args["units"]];
  const isDense = path[at + 1]?.declared === "Dense" && target?.place !== undefined && units?.place !== undefined;
  if (!isDense || target.value.kind !== "tuple") return undefined;
  const grid = target.value.items.map(numberOf);
  const fresh = grid.map((size = 0, i) =>
    i < sizes.length ? (size * (sizes[i]?.[0] ?? 0)) / (sizes[i]?.[1] ?? 1) : size,
  );
  const isDoubling = sizes.every(([wanted, made]) => Number.isInteger(Math.log2(wanted / made)));
  if (isDoubling || grid.length !== sizes.length + 1 || !fresh.every((it) => Number.isInteger(it) && it > 0))
    return undefined;
  const edits = [
    { place: target.place, text: said(target, "target_shape", `(${fresh.join(", ")})`) },
    { place: units.place, text: said(units, "units", fresh.join(" * ")) },
  ];
  return { place: target.place, repairs: [{ title: `Begin with (${fresh.join(", ")})`, preferred: true, edits }] };
}

function tooFew(path: readonly LayerRecord[], sizes: Sizes, axes: number): Found | undefined {
  const [last] = path;
  const factor = (sizes[0]?.[0] ?? 0) / (sizes[0]?.[1] ?? 1);
  if (last === undefined || factor < 2 || !sizes.every(([wanted, made]) => wanted === factor * made)) return undefined;
  const layer = `UpSampling${axes}D(${factor})`;
  return one(last, { title: `Insert ${layer}`, preferred: true, edits: insertBefore(last, layer) });
}

/** A convolution before the last upsamplings without its padding takes exactly what is too much. */
function unpad(path: readonly LayerRecord[], sizes: Sizes): Found | undefined {
  let factor = 1;
  for (const { declared = "", args } of path) {
    const [kernel, padding] = [args["kernel_size"]?.value, args["padding"]];
    const taken = kernel === undefined ? [] : each(kernel, sizes.length);
    const isConvolution = /^(?:Separable)?Conv\dD$/.test(declared) && padding?.place !== undefined;
    if (isConvolution && factor > 1 && stringOf(padding.value) === "same" && !("strides" in args)) {
      const fits = sizes.every(([wanted, made], i) => made - wanted === ((taken[i] ?? 0) - 1) * factor);
      const text = said(padding, "padding", '"valid"');
      const edits = [{ place: padding.place, text }];
      if (fits) return { place: padding.place, repairs: [{ title: text, preferred: true, edits }] };
    }
    const factors = /^UpSampling\dD$/.test(declared) ? args["size"]?.value : args["strides"]?.value;
    if (/^UpSampling\dD$/.test(declared)) factor *= factors === undefined ? 2 : (each(factors, 1)[0] ?? Number.NaN);
    else if (/^Conv\dDTranspose$/.test(declared))
      factor *= factors === undefined ? 1 : (each(factors, 1)[0] ?? Number.NaN);
  }
  return undefined;
}
/** `3` and `(3, 3)` for each of so many axes. */
const each = (value: Value, axes: number): readonly (number | undefined)[] =>
  value.kind === "tuple" ? value.items.map(numberOf) : Array(axes).fill(numberOf(value));

function cropped(path: readonly LayerRecord[], sizes: Sizes, axes: number): Found | undefined {
  const [last] = path;
  const rims = new Set(sizes.map(([wanted, made]) => made - wanted));
  const [rim = 0] = rims;
  if (last === undefined || rims.size !== 1 || rim < 1 || rim > 8) return undefined;
  const pair = `(0, ${rim})`;
  const size = rim % 2 === 0 ? String(rim / 2) : axes === 1 ? pair : `(${Array(axes).fill(pair).join(", ")})`;
  const layer = `Cropping${axes}D(${size})`;
  const edits = [{ place: last.place, text: layer, form: "layer after" }];
  return one(last, { title: `${layer} behind it`, preferred: true, edits });
}

import type { Machine } from "../../../interpreter/machine.ts";
import type { Weight } from "../define.ts";
import { snakeCase } from "../runtime/automaticNames.ts";
import { partsOf } from "../runtime/parts.ts";
import { argOf, type LayerRecord, recordOf } from "../runtime/records.ts";
import { versionIn } from "../version.ts";

/**
 * Where Keras 3 keeps a declared layer's weights in a file, from the layer on: keras.src.saving.saving_lib goes by the
 * attributes that hold the layers inside it, so that an LSTM's kernel is its `cell`'s.
 */

const HAS_CELL = /^(?:LSTM|GRU|SimpleRNN|ConvLSTM[123]D)$/;
/** Whether the attributes are private; in Keras 3 MultiHeadAttention has properties for all but its gate. */
const ATTENTION: Readonly<Record<string, boolean>> = { MultiHeadAttention: false, GroupQueryAttention: true };

/** The holders of one weight; SpectralNormalization keeps its layer's kernel beside that layer. */
export function holdersOf(m: Machine, record: LayerRecord, name: string): readonly string[] {
  const [prefix, rest] = divided(name);
  const inner = (i: number): LayerRecord | undefined => recordOf(m, record.inner[i] ?? record.inner[0]);
  const behind = (path: string, of: LayerRecord | undefined, part: string): readonly string[] =>
    (of === undefined ? [""] : holdersOf(m, of, part)).map((it) => joined(path, it));
  const numbered = (list: string): readonly string[] => {
    const names = uniqueNames(partsOfRecord(m, record).map((it) => it?.type ?? ""));
    return behind(joined(list, names[Number(prefix)] ?? ""), partsOfRecord(m, record)[Number(prefix)], rest);
  };
  const cells = (): readonly string[] =>
    /^\d+$/.test(prefix) ? numbered("cell/cells") : behind("cell", inner(0), name);
  const { declared = "" } = record;
  if (HAS_CELL.test(declared)) return ["cell"];
  if (declared === "Bidirectional") return behind(`${prefix}_layer`, inner(prefix === "backward" ? 1 : 0), rest);
  if (declared === "RNN") return inner(0)?.declared === "StackedRNNCells" ? behind("cell", inner(0), name) : cells();
  if (declared === "StackedRNNCells") return numbered("cells");
  if (declared === "Pipeline") return numbered("layers");
  const isPrivate = ATTENTION[declared] === false ? versionIn(m) === 2 : ATTENTION[declared];
  if (isPrivate !== undefined) {
    const part = prefix === "attention_output" ? "output" : prefix;
    return [`${isPrivate || part === "gate" ? "_" : ""}${part}_dense`];
  }
  if (declared === "SpectralNormalization") {
    const own = name === "vector_u" || record.weights[0]?.name === name;
    return [...(own ? [""] : []), ...(name === "vector_u" ? [] : behind("layer", inner(0), name))];
  }
  return declared === "TimeDistributed" ? behind("layer", inner(0), name) : [""];
}

/** The layers that it was given in a list. */
function partsOfRecord(m: Machine, record: LayerRecord): readonly (LayerRecord | undefined)[] {
  const given = argOf(record, "cells") ?? argOf(record, "layers");
  const parts = given === undefined ? record.inner : partsOf(m, given);
  return parts.map((it) => recordOf(m, it));
}
/** `backward/kernel` is the `kernel` of what is called `backward`. */
function divided(name: string): readonly [string, string] {
  const at = name.indexOf("/");
  return at < 0 ? ["", name] : [name.slice(0, at), name.slice(at + 1)];
}
export const joined = (...parts: readonly string[]): string => parts.filter((it) => it !== "").join("/");

/** What the members of a list are called in a file: by their classes, as `_get_unique_name` counts. */
export function uniqueNames(classes: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  return classes.map((type) => {
    const name = snakeCase(type);
    const count = counts.get(name) ?? 0;
    counts.set(name, count + 1);
    return count === 0 ? name : `${name}_${count}`;
  });
}

/** A layer's variables are numbered with those first that train. */
export const inFileOrder = <T extends { readonly weight: Weight }>(list: readonly T[]): readonly T[] => [
  ...list.filter((it) => it.weight.trainable),
  ...list.filter((it) => !it.weight.trainable),
];

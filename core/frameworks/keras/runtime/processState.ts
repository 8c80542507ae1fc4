import type { Machine } from "../../../interpreter/machine.ts";
import {
  type NativeValue,
  NONE_VALUE,
  native,
  str,
  stringOf,
  unknown,
  type Value,
} from "../../../interpreter/values.ts";
import { type DType, isDType } from "../../../tensor/dtype.ts";
import { RELEASES } from "../environment.ts";
import { isExact, type Version, versionIn } from "../version.ts";

/** What Keras keeps for the whole process, as the program has set it by now. */

const FORMAT = "keras image_data_format";
const FLOATX = "keras floatx";

const stateOf = (m: Machine, name: string, preset: string): Value => {
  const entry = m.read(m.named(name));
  return entry?.kind === "str" || entry?.kind === "unknown" ? entry : str(preset);
};
/** `keras.config.image_data_format()`: a string, or unknown where it depends on what is not known. */
export const imageDataFormat = (m: Machine): Value => stateOf(m, FORMAT, "channels_last");

/** `keras.config.floatx()`; undefined where it is not known. */
export function floatx(m: Machine): DType | undefined {
  const name = stringOf(stateOf(m, FLOATX, "float32"));
  return name !== undefined && isDType(name) ? name : undefined;
}

/** Where Keras reads, when it is first imported, what it begins with. */
const CONFIGURATION = "~/.keras/keras.json";
const READ = "keras.json is read";

export function readConfiguration(m: Machine): void {
  if (m.read(m.named(READ)) !== undefined) return;
  m.write(m.named(READ), str(CONFIGURATION));
  const file = m.dataFile(CONFIGURATION);
  const said = typeof file === "object" ? objectIn(file.text) : {};
  for (const [key, slot] of [
    ["image_data_format", FORMAT],
    ["floatx", FLOATX],
  ] as const) {
    const value = said[key];
    if (typeof value === "string") m.write(m.named(slot), str(value));
  }
}
/** As Keras does: what is no JSON says nothing. */
function objectIn(text: string): Readonly<Record<string, unknown>> {
  try {
    const data: unknown = JSON.parse(text);
    return typeof data === "object" && data !== null ? (data as Readonly<Record<string, unknown>>) : {};
  } catch {
    return {};
  }
}

const setter = (name: string, slot: string): NativeValue =>
  native(name, (m, { list: [first] }) => {
    if (first !== undefined) m.write(m.named(slot), first.value);
    return NONE_VALUE;
  });
/** Theano's names, of Keras 1: `th` is channels_first. */
const setOrdering = native("keras.backend.set_image_dim_ordering", (m, { list: [first] }) => {
  const ordering = stringOf(first?.value);
  if (ordering !== undefined) m.write(m.named(FORMAT), str(ordering === "th" ? "channels_first" : "channels_last"));
  return NONE_VALUE;
});
const ordering = native("keras.backend.image_dim_ordering", (m) => {
  const format = imageDataFormat(m);
  return format.kind === "str" ? str(format.value === "channels_first" ? "th" : "tf") : format;
});

/** Whether the program may have given names of its own to activations, initializers and layers. */
export const namesAreAdded = (m: Machine): boolean => m.read(m.named(NAMES)) !== undefined;
export const addNames = (m: Machine): void => {
  if (!namesAreAdded(m)) m.write(m.named(NAMES), NONE_VALUE);
};
const NAMES = "keras custom objects";
const customObjects = (name: string): NativeValue =>
  native(name, (m) => {
    addNames(m);
    return unknown("names that the program adds to Keras's", "dict");
  });

/** `keras.__version__`, where it is the very release whose signatures are known. */
export const release = (version: Version, isExact: boolean): Value =>
  isExact ? str(RELEASES[version]) : unknown("which release of Keras there is is not known", "str");

const MASK = unknown("the mask that a tensor carries is not followed");

export const STATE_FUNCTIONS: readonly (readonly [string, NativeValue])[] = [
  ["keras.version", native("keras.version", (m) => release(versionIn(m), isExact(m)))],
  ["keras.config.image_data_format", native("keras.config.image_data_format", imageDataFormat)],
  ["keras.config.set_image_data_format", setter("keras.config.set_image_data_format", FORMAT)],
  ["keras.config.floatx", native("keras.config.floatx", (m) => stateOf(m, FLOATX, "float32"))],
  ["keras.config.set_floatx", setter("keras.config.set_floatx", FLOATX)],
  ["keras.backend.set_image_dim_ordering", setOrdering],
  ["keras.backend.image_dim_ordering", ordering],
  ["keras.src.backend.get_keras_mask", native("keras.src.backend.get_keras_mask", () => MASK)],
  ["keras.src.backend.set_keras_mask", native("keras.src.backend.set_keras_mask", () => NONE_VALUE)],
  ["keras.saving.get_custom_objects", customObjects("keras.saving.get_custom_objects")],
];

import type { Machine } from "../../../interpreter/machine.ts";
import type { Repair } from "../../../interpreter/record.ts";
import type { Place } from "../../../interpreter/values.ts";
import { removalOf } from "../removed.ts";

/** A name that a program asks Keras 3 for, and that only older versions have. */
export function removedName(m: Machine, spelled: string, place: Place, isImport: boolean): void {
  const removal = removalOf(spelled);
  // Where an ImportError is caught the program knows what it does; a function that nobody calls may never run.
  if (removal === undefined || m.guarded > 0 || m.isStrict) return;
  // A module is reported where it is imported; in `keras.utils.np_utils.to_categorical` the whole name is.
  if (removal.isModule && !isImport) return;
  const { old, now } = removal;
  const message = `Keras 3 has no ${old}${now === undefined ? "" : `: use ${now}`}`;
  const repairs: readonly Repair[] = now === undefined ? [] : [repair(place, old, now)];
  m.report({ code: "removed-in-keras-3", severity: "error", place, message, related: [], repairs });
}

const repair = (place: Place, old: string, now: string): Repair => ({
  title: `Use ${now}`,
  preferred: true,
  edits: [{ place, text: `${old} ${now}`, form: "moved" }],
});

/** A method of models that went with Keras 2, at the call. */
export function removedMethod(m: Machine, name: string, now: string): void {
  if (m.guarded > 0) return;
  const isClasses = name === "predict_classes";
  const more = isClasses ? ", and the argmax of what it yields" : "";
  const message = `Keras 3's models have no ${name}: use ${now}${more}`;
  const edits = [{ place: m.here, text: `${name} ${now}`, form: "respell" }];
  const repairs: readonly Repair[] = isClasses ? [] : [{ title: `Use ${now}`, preferred: true, edits }];
  m.report({ code: "removed-in-keras-3", severity: "error", place: m.here, message, related: [], repairs });
}

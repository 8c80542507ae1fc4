import type { Machine } from "../../../interpreter/machine.ts";
import type { Repair } from "../../../interpreter/record.ts";
import type { Args, TensorValue } from "../../../interpreter/values.ts";
import { LAYERS } from "../layers/index.ts";
import type { LayerRecord } from "../runtime/records.ts";
import { isSymbolic } from "../runtime/tensors.ts";
import { versionIn } from "../version.ts";

interface Called {
  readonly tensors: readonly TensorValue[];
  /** An argument without a default that is not given. */
  readonly missing?: string | undefined;
}

/** Says that a layer of several tensors is not given them all: `MultiHeadAttention(2, 8)(x)` has no `value`. */
export function missingInput(
  m: Machine,
  record: LayerRecord,
  { tensors, missing }: Called,
  { list }: Args,
): string | undefined {
  if (missing === undefined || versionIn(m) !== 3 || !tensors.some(isSymbolic)) return undefined;
  const message = `${record.type} is called without ${missing}, which has no default`;
  const isTensor = LAYERS.get(record.declared ?? "")?.tensors?.includes(missing) === true;
  const repairs = isTensor ? givenTwice(m, list) : [];
  m.report({ code: "missing-argument", severity: "error", place: m.here, message, related: [], repairs });
  return message;
}

/** What attends to itself is query and value. */
function givenTwice(m: Machine, list: Args["list"]): readonly Repair[] {
  const [only, ...others] = list;
  if (only?.node?.kind !== "Name" || others.some(({ name }) => name === undefined)) return [];
  const { name } = only.node;
  const edits = [{ place: m.here, text: `, ${name}`, form: "behind first" }];
  return [{ title: `To itself: (${name}, ${name})`, preferred: true, edits }];
}

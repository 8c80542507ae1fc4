import type { Machine } from "../../../interpreter/machine.ts";
import { type LayerRecord, recordOf } from "../runtime/records.ts";

/** How many layers back a cause is looked for. */
const FAR = 8;

/** What `find` finds in a layer or in those before it, as long as each only passes its input on. */
export function before<T>(
  m: Machine,
  layer: LayerRecord | undefined,
  passing: ReadonlySet<string>,
  find: (record: LayerRecord) => T | undefined,
): T | undefined {
  for (let at = layer, count = 0; at !== undefined && count < FAR; at = recordOf(m, at.from), count++) {
    const found = find(at);
    if (found !== undefined) return found;
    if (!passing.has(at.declared ?? "")) return undefined;
  }
  return undefined;
}

/** The layer inside a wrapper: what a Bidirectional runs both ways. */
export const wrapped = (m: Machine, { args }: LayerRecord): LayerRecord | undefined =>
  recordOf(m, args["layer"]?.value);
/** A recurrent layer of Keras's own. */
export const isRecurrent = ({ declared }: LayerRecord): boolean => /^(?:LSTM|GRU|SimpleRNN|RNN)$/.test(declared ?? "");

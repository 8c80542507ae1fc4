import { window } from "vscode";
import type { ForwardParams, ModelEntry } from "../../server/protocol/messages.ts";

/** `(None, 28, 28, 1)`: nothing beside the samples and open axes is left to say. */
const STATED = /^\([^,]+(?:, (?:\d+|None))*,?\)$/;
const SIZES = /^\(?\s*\d+(?:\s*,\s*\d+)*\s*,?\s*\)?$/;

const problemWith = (text: string): string | undefined =>
  text.trim() === "" || SIZES.test(text.trim()) ? undefined : "The sizes of one sample, as in 28, 28, 1";

/**
 * Asks for the shapes of a model's inputs as far as its program does not say them; by the inputs' places. Undefined
 * where the person thought better of it.
 */
export async function askShapes(
  { name, inputs = ["?"] }: ModelEntry,
  batch: number,
): Promise<NonNullable<ForwardParams["shapes"]> | undefined> {
  const shapes: Record<string, readonly number[]> = {};
  for (const [i, shape] of inputs.entries()) {
    if (STATED.test(shape)) continue;
    const which = inputs.length === 1 ? "its input" : `its input ${i + 1} of ${inputs.length}`;
    const typed = await window.showInputBox({
      title: `Run ${name} forward`,
      prompt: `The program does not say all of the shape of ${which}, ${shape}: how large is one sample?`,
      value: /^\([^,]+, (.*?),?\)$/.exec(shape)?.[1] ?? "",
      validateInput: problemWith,
    });
    if (typed === undefined) return undefined;
    // Nothing said: the run tells why it cannot be.
    if (typed.trim() !== "") shapes[String(i)] = [batch, ...(typed.match(/\d+/g) ?? []).map(Number)];
  }
  return shapes;
}

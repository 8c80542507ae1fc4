/** How what was predicted stands to what came out. `open` where the prediction left something open, and that fits. */
export type Verdict = "same" | "open" | "different";

/** A size that a prediction leaves open: `None`, `?`, or a named size such as `filters * 2`. */
const OPEN = /None|\?|[A-Za-z_][\w *+/-]*/g;
const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** Compares two printed shapes, or lists of them. Undefined where nothing came out or nothing was claimed. */
export function verdictOn(predicted: string, actual: string | undefined): Verdict | undefined {
  if (actual === undefined || predicted === "?" || predicted === "") return undefined;
  if (predicted === actual) return "same";
  const pattern = predicted.split(OPEN).map(escaped).join("\\d+");
  return new RegExp(`^${pattern}$`).test(actual) ? "open" : "different";
}

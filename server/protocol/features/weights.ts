import type { Lowering } from "../../../core/index.ts";
import { linesOf, type MatchedWeights, matchedWeights } from "../../engine/matchedWeights.ts";
import { readWeights } from "../../engine/weightsFile.ts";
import type { Session } from "../session.ts";

/** The weights in a file, as far as Keras would take them for this model; else the list of what does not match. */
export async function weightsOf(
  { bytes }: Session,
  uri: string,
  lowering: Lowering,
): Promise<{ readonly numbers: MatchedWeights["numbers"]; readonly words: string } | { readonly problem: string }> {
  const name = decodeURIComponent(uri.slice(uri.lastIndexOf("/") + 1));
  const content = await bytes(uri).catch(() => undefined);
  const file = content === undefined ? { problem: "it cannot be read" } : await readWeights(content);
  if ("problem" in file) return { problem: `${name}: ${file.problem}.` };
  const { numbers, report } = matchedWeights(lowering, file);
  if (report.refused !== undefined) return { problem: [`${name}: ${report.refused}.`, ...linesOf(report)].join("\n") };
  return { numbers, words: `weights: ${report.found} of ${report.of} variables, ${name}` };
}

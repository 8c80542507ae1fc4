import type { CancellationToken } from "vscode-languageserver";
import { compareWays } from "../../features/compare.ts";
import { cancellable } from "../cancel.ts";
import { offsetIn } from "../convert.ts";
import type { CompareParams, CompareResult } from "../messages.ts";
import { read, type Session } from "../session.ts";

export const nothingToCompare = (problem: string): CompareResult => ({ input: [], samples: 0, ways: [], problem });

/** What could stand in the place of the Dense at a position, run on the same numbers. */
export async function compareAt(
  session: Session,
  { uri, position }: CompareParams,
  token: CancellationToken,
): Promise<CompareResult> {
  const found = await read(session, uri);
  const core = session.core();
  if (found === undefined || core === undefined) return nothingToCompare("This file is not open as Python.");
  if (session.engine === undefined) return nothingToCompare("There is no engine here to run a model on.");
  const ways = core.card(found.analysed.file.path, offsetIn(found.part, position))?.ways ?? [];
  if (ways.length === 0)
    return nothingToCompare(
      "There is nothing to compare here: put the cursor on a Dense that is called on steps or places, a tensor of " +
        "three axes or more.",
    );
  const engine = await session.engine();
  const compared = await cancellable(token, (signal) => compareWays(core, engine, ways, { seed: 0, signal }));
  return { ...compared, problem: undefined };
}

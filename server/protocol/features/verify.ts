import type { CancellationToken } from "vscode-languageserver";
import { LineIndex } from "../../../core/index.ts";
import { spansOf, verificationLines, verified } from "../../features/verdicts.ts";
import { cancellable } from "../cancel.ts";
import type { ToldResult, VerifyParams } from "../messages.ts";
import { read, type Session } from "../session.ts";

const refused = (problem: string): ToldResult => ({ title: "", lines: [], problem });

/** Runs the document's program, which the person has asked for, and holds its hints to what Keras made. */
export async function verify(
  session: Session,
  { uri, trusted, python }: VerifyParams,
  token: CancellationToken,
): Promise<ToldResult> {
  const { host } = session;
  if (!trusted) return refused("In a workspace that you do not trust, Inlayer runs nothing.");
  const found = await read(session, uri);
  if (found === undefined) return refused("This file is not open as Python.");
  const { analysis, file } = found.analysed;
  if (found.part.text !== file.text) return refused("Verify with Keras runs files, and no notebooks yet.");
  if (host.verify === undefined || !uri.startsWith("file:")) return refused("There is no Python here to run.");
  const lines = new LineIndex(file.text);
  const said = session.configuration().python || python;
  const program = { uri, text: file.text, spans: spansOf(analysis, file.text, lines), python: said };
  const run = host.verify.bind(host);
  const result = verified(analysis, lines, await cancellable(token, (signal) => run(program, signal)));
  const refuted = result.verdicts
    .filter(({ verdict }) => verdict === "refuted")
    .map(({ line, predicted, actual }) => ({
      line: line - 1,
      message: `Keras gives ${actual}, and Inlayer says ${predicted}: please report it`,
    }));
  return { title: uri.slice(uri.lastIndexOf("/") + 1), lines: verificationLines(result), refuted };
}

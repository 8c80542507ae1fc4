import type { CodeLens, CodeLensParams } from "vscode-languageserver";
import { codeLenses } from "../../features/codeLens.ts";
import { rangeIn } from "../convert.ts";
import { CLIENT_COMMANDS, COMMANDS } from "../messages.ts";
import { read, type Session } from "../session.ts";

/** The lenses over the models of a document. Inlayer's own client has commands of its own behind them. */
export async function provideLenses(session: Session, { textDocument: { uri } }: CodeLensParams): Promise<CodeLens[]> {
  if (!session.configuration().codeLens.enabled) return [];
  const found = await read(session, uri);
  if (found === undefined) return [];
  const { analysed, part } = found;
  const { own } = session.client;
  const commands = own ? CLIENT_COMMANDS : COMMANDS;
  return (
    codeLenses(analysed.analysis)
      .filter(({ span }) => analysed.file.partAt(span.start) === part)
      // Only Inlayer's own client asks the person which shape.
      .filter(({ command }) => own || command !== "setInputShape")
      .map(({ span, title, command, model }) => ({
        range: rangeIn(part, span),
        command: { title, command: commands[command], arguments: [uri, model] },
      }))
  );
}

import type { CodeLens, CodeLensParams } from "vscode-languageserver";
import { codeLenses, type Lens } from "../../features/codeLens.ts";
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
  const commands: Partial<Record<Lens["command"], string>> = own ? CLIENT_COMMANDS : FOR_ANY;
  return codeLenses(analysed.analysis)
    .filter(({ span }) => analysed.file.partAt(span.start) === part)
    .flatMap(({ span, title, command, model }) => {
      const name = commands[command];
      if (name === undefined) return [];
      return [{ range: rangeIn(part, span), command: { title, command: name, arguments: [uri, model] } }];
    });
}
/** Only Inlayer's own client asks the person which shape, and can show a picture. */
const FOR_ANY = { forward: COMMANDS.forward, summary: COMMANDS.summary };

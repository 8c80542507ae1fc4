import type { CancellationToken } from "vscode-languageserver";
import type { Analysis, Location } from "../../../core/index.ts";
import { modelTree } from "../../features/modelTree.ts";
import type { Analysed } from "../../workspace/analyses.ts";
import type { Document } from "../../workspace/document.ts";
import { OpenFile } from "../../workspace/openFiles.ts";
import { locationIn, rangeIn } from "../convert.ts";
import { type CodePlace, type FileModels, NOTIFICATIONS } from "../messages.ts";
import type { Session } from "../session.ts";

/** The models of a file: as the editor has it, else as it is on the disk. Null where Keras is none of its matters. */
export async function fileModels(
  session: Session,
  { uri }: { readonly uri: string },
  token: CancellationToken,
): Promise<FileModels | null> {
  const { open, analyses, closedFiles } = session;
  const path = open.pathOf(uri);
  const known = await analyses.of(path);
  const read = known ?? (await closedFiles.analyse(path, () => !token.isCancellationRequested));
  // It may have been opened while it was read.
  const found = read ?? (await analyses.of(path));
  if (found === undefined || ("concerned" in found && !found.concerned)) return null;
  const { analysis, documents } = found;
  return treeOf(session, uri, analysis, documents);
}

function treeOf(
  session: Session,
  uri: string,
  analysis: Analysis,
  documents: ReadonlyMap<string, Document>,
): FileModels {
  const models = modelTree(analysis, session.configuration().batchSize, placeIn(documents));
  return { uri, models, reads: [...documents.keys()] };
}

/** A place for a client: in a cell of a notebook that is not open, the notebook and the number of the cell. */
export const placeIn =
  (documents: ReadonlyMap<string, Document>) =>
  ({ path, span }: Location): CodePlace | undefined => {
    const document = documents.get(path);
    if (document instanceof OpenFile) return locationIn(document, span);
    const part = document?.parts.findLast(({ start }) => start <= span.start) ?? document?.parts[0];
    return part && { uri: path, range: rangeIn(part, span), ...(part.cell !== undefined && { cell: part.cell }) };
  };

/** To Inlayer's own client, which may show the models of it. */
export function tellAnalysed({ client, connection }: Session, { file, concerned }: Analysed): void {
  const uri = file.parts[0]?.uri;
  if (client.own && concerned && uri !== undefined) void connection.sendNotification(NOTIFICATIONS.analysed, { uri });
}

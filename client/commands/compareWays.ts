import { window } from "vscode";
import { type CompareResult, type Position, REQUESTS } from "../../server/protocol/messages.ts";
import type { Command } from "./command.ts";
import { placeOf, sayThereIsNoFile } from "./place.ts";
import { isTrusted } from "./runForward.ts";

const isPosition = (it: unknown): it is Position => typeof it === "object" && it !== null && "line" in it;

/** What could stand in the place of the Dense under the cursor, or where a card says, run on the same numbers. */
export const compareWays: Command = {
  id: "inlayer.compareWays",
  async run({ server, compare }, uri, at) {
    if (!isTrusted()) return;
    const place = placeOf(uri);
    if (place === undefined) return sayThereIsNoFile();
    const { line, character } = isPosition(at) ? at : (place.position ?? { line: 0, character: 0 });
    const params = { uri: place.uri.toString(), position: { line, character } };
    const result = await server.request<CompareResult>(REQUESTS.compare, params);
    if (result.problem === undefined) compare.show(result);
    else void window.showInformationMessage(result.problem);
  },
};

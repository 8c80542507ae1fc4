import { COMMANDS } from "../../server/protocol/messages.ts";
import { SUMMARY_COMMANDS } from "../views/liveSummaries.ts";
import { chooseModel } from "./chooseModel.ts";
import type { Command } from "./command.ts";

/** Keras's own table of a model, in a read-only editor beside the code. */
export const showSummary: Command = {
  id: "inlayer.showSummary",
  serverId: COMMANDS.summary,
  async run(app, uri, index) {
    const chosen = await chooseModel(app, uri, index);
    if (chosen !== undefined) await app.liveSummaries.show(chosen.uri, chosen.model);
  },
};
export const copySummary: Command = {
  id: SUMMARY_COMMANDS.copy,
  run: (app, document) => app.liveSummaries.copy(document),
};
/** Behind the lenses of a summary alone. */
export const summaryPart: Command = {
  id: SUMMARY_COMMANDS.part,
  run: (app, document, part) => app.liveSummaries.toggle(document, part),
};

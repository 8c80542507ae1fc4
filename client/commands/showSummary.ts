import { COMMANDS, REQUESTS, type SummaryResult } from "../../server/protocol/messages.ts";
import { chooseModel } from "./chooseModel.ts";
import type { Command } from "./command.ts";

/** Keras's own table of a model, in a read-only editor beside the code. */
export const showSummary: Command = {
  id: "inlayer.showSummary",
  serverId: COMMANDS.summary,
  async run(app, uri, index) {
    const chosen = await chooseModel(app, uri, index);
    if (chosen === undefined) return;
    const params = { uri: chosen.uri, model: chosen.model.index };
    await app.summaries.show(await app.server.request<SummaryResult>(REQUESTS.summary, params));
  },
};

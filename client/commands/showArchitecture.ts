import { chooseModel } from "./chooseModel.ts";
import type { Command } from "./command.ts";

/** A model's architecture as a picture, beside the code. */
export const showArchitecture: Command = {
  id: "inlayer.showArchitecture",
  async run(app, uri, index) {
    const chosen = await chooseModel(app, uri, index);
    if (chosen !== undefined) await app.graph.show(chosen);
  },
};

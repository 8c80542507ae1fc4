import type { CodePlace } from "../../server/protocol/messages.ts";
import { goTo as show } from "../views/models/places.ts";
import type { Command } from "./command.ts";

/** Leads to a place in code, with the focus in it: what a piece of a hint does when it is clicked. */
export const goTo: Command = {
  id: "inlayer.goTo",
  run: (_, place) => show(place as CodePlace, true),
};

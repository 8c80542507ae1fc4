import type { Fault } from "../../../interpreter/record.ts";
import { type Place, samePlace } from "../../../interpreter/values.ts";

type Related = Fault["related"];

/** What else there is to look at: each place once, and not the fault's own. */
export const besides = (place: Place, all: Related): Related =>
  all.filter((it, i) => !samePlace(it.place, place) && all.findIndex((one) => samePlace(one.place, it.place)) === i);

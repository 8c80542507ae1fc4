import { layerPages } from "./layerPages.ts";
import { statusPage } from "./statusPage.ts";

/** The generated pages, by their paths. */
export const pages = (): ReadonlyMap<string, string> => new Map([...statusPage(), ...layerPages()]);

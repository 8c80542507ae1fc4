/** Tables as Keras prints them: `loadTables` at the door. */
export { summarise } from "./graph/summary.ts";
export { drawTable } from "./graph/table.ts";

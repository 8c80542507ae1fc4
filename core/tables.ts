/** Tables as Keras prints them: `loadTables` at the door. */
export { summaryMarkdown } from "./graph/markdown.ts";
export { summarise } from "./graph/summary.ts";
export { drawTable } from "./graph/table.ts";

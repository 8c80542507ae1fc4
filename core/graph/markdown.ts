import { type SummaryModel, type SummaryOptions, summaryRows } from "./summary.ts";
import { plain, type Text } from "./table.ts";

const RIGHT = new Set(["Param #", "MACs", "Output memory"]);

/** As it is: no character of it means anything to Markdown. */
const escaped = (text: string): string => text.replace(/[\\`*_[\]<>|#]/g, (it) => `\\${it}`).replace(/\s+/g, " ");

/** The depth of a nested layer, which Markdown would take for the space around a cell. */
const cell = (text: Text): string => {
  const [, indent = "", rest = ""] = /^(\s*)(.*)$/s.exec(plain(text)) ?? [];
  return "&nbsp;".repeat(indent.length) + escaped(rest);
};

/** The summary as a table of Markdown, with its totals below. */
export function summaryMarkdown(model: SummaryModel, options: SummaryOptions = {}): string {
  const { headers, rows, totals } = summaryRows(model, options);
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const lines = [
    `**Model: ${escaped(`"${model.kerasName}"`)}**`,
    "",
    line(headers.map(escaped)),
    line(headers.map((it) => (RIGHT.has(it) ? "---:" : it === "Trainable" ? ":---:" : ":---"))),
    ...rows.map((row) => line(row.map(cell))),
    "",
    ...totals.flatMap((text) => (text.length === 0 ? [] : [`- ${escaped(plain(text).trim())}`])),
  ];
  return `${lines.join("\n")}\n`;
}

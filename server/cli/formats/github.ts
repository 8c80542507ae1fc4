import type { Severity } from "../../../core/index.ts";
import type { DiagnosticReport } from "../json.ts";
import { slashed } from "../slashed.ts";
import { type Finished, inCell, isChecked } from "./format.ts";

const COMMANDS: Readonly<Record<Severity, string>> = {
  error: "error",
  warning: "warning",
  information: "notice",
  hint: "notice",
};

/** As actions/toolkit escapes what follows the second `::`. */
export const escapeData = (text: string): string =>
  text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
/** And what stands between a property's `=` and the next comma. */
export const escapeProperty = (text: string): string => escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");

function command(name: string, properties: Readonly<Record<string, string | number>>, message: string): string {
  const said = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(String(value))}`);
  return `::${name} ${said.join(",")}::${escapeData(message)}\n`;
}

/** GitHub takes columns only within one line; of a notebook it shows the file, where no line is a cell's. */
function placeOf({ cell, line, column, endLine, endColumn }: DiagnosticReport): Record<string, number> {
  if (cell !== undefined) return { line: 1 };
  return line === endLine ? { line, endLine, col: column, endColumn } : { line, endLine };
}

/** Workflow commands of GitHub Actions: each becomes an annotation of the line. */
export const githubReport = ({ all }: Finished): string =>
  all
    .flatMap((file) => {
      if (!isChecked(file)) {
        return [command("error", { file: slashed(file.target.name), title: "inlayer" }, file.problem)];
      }
      return file.report.diagnostics.map((it) => {
        const properties = { file: slashed(file.report.path), ...placeOf(it), title: `inlayer (${it.code})` };
        return command(COMMANDS[it.severity], properties, inCell(it) + it.message);
      });
    })
    .join("");

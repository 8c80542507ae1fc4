import type { FileAnalysis } from "../workspace/analyse.ts";
import { safe } from "./displayLine.ts";
import { EXIT, type Host, terminalWidth } from "./host.ts";
import { type FileReport, printReport, reportFile } from "./json.ts";
import type { CheckOptions } from "./options.ts";
import { createPalette, wantsColour } from "./palette.ts";
import { Reader } from "./reader.ts";
import { type FileTarget, targetsOf } from "./targets.ts";
import { printFile, printTotals, type TextStyle } from "./text.ts";

interface Printer {
  file(analysis: FileAnalysis, nameOf: (path: string) => string): void;
  end(files: readonly FileAnalysis[]): void;
}

function jsonPrinter(host: Host): Printer {
  const reports: FileReport[] = [];
  return {
    file: (analysis, nameOf) => reports.push(reportFile(analysis, nameOf)),
    end: () => host.out(printReport(reports)),
  };
}

function textPrinter(host: Host, options: CheckOptions): Printer {
  const palette = createPalette(wantsColour(options.color, host.terminal.present, host.environment));
  const width = host.terminal.present ? terminalWidth(host) : undefined;
  const style = (nameOf: TextStyle["nameOf"]): TextStyle => ({ palette, width, nameOf });
  return {
    file: (analysis, nameOf) => host.out(`${printFile(analysis, style(nameOf))}\n`),
    end: (files) =>
      files.length > 0 &&
      host.out(
        printTotals(
          files,
          style((path) => path),
        ),
      ),
  };
}

/** Reads what was asked for, prints each file as it is done, and says on standard error what could not be read. */
export async function check(host: Host, options: CheckOptions): Promise<number> {
  const reader = new Reader(host, options);
  const problem = await reader.problem();
  if (problem !== undefined) {
    host.err(`inlayer: ${safe(problem)}\n`);
    return EXIT.misuse;
  }
  let unreadable = 0;
  const complain = (name: string, problem: string) => {
    unreadable++;
    host.err(`inlayer: ${safe(name) || "''"}: ${safe(problem)}\n`);
  };
  const targets: FileTarget[] = [];
  for await (const target of targetsOf(host.files, host.cwd, options.paths)) {
    if ("problem" in target) complain(target.name, target.problem);
    else targets.push(target);
  }
  for (const target of targets) reader.name(target);
  const printer = options.format === "json" ? jsonPrinter(host) : textPrinter(host, options);
  const done: FileAnalysis[] = [];
  for (const target of targets) {
    const analysis = await reader.read(target);
    if ("problem" in analysis) {
      if (!(analysis.foreign && target.found)) complain(target.name, analysis.problem);
      continue;
    }
    done.push(analysis);
    printer.file(analysis, (path) => reader.nameOf(path, target.name));
  }
  printer.end(done);
  if (unreadable > 0) return EXIT.misuse;
  const faulty = done.some(({ analysis }) => analysis.diagnostics.some(({ severity }) => severity === "error"));
  return faulty ? EXIT.faults : EXIT.clean;
}

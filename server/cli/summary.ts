import { type Lowering, loadTables, type ModelReport } from "../../core/index.ts";
import { costsOf } from "../features/summaryCosts.ts";
import { chooseModels } from "./chosen.ts";
import { safe } from "./displayLine.ts";
import { EXIT, type Host, terminalWidth } from "./host.ts";
import type { SummaryOptions } from "./options.ts";
import { createPalette, type Palette, wantsColour } from "./palette.ts";

async function printModel(
  model: ModelReport,
  lowering: Lowering | undefined,
  options: SummaryOptions,
  host: Host,
  palette: Palette,
): Promise<string> {
  const { summarise, summaryMarkdown } = await loadTables();
  const { lineLength, expandNested, showTrainable, format } = options;
  const costs = lowering && costsOf(lowering);
  const table = { lineLength, expandNested, showTrainable, costs, terminalWidth: terminalWidth(host) };
  if (format === "markdown") return safe(summaryMarkdown(model, table));
  return summarise(model, table)
    .map((line) => line.map(({ text, style }) => (style ? palette.summary[style](safe(text)) : safe(text))).join(""))
    .map((line) => `${line}\n`)
    .join("");
}

/** Prints the tables of a file's models, or of one by its variable's or by its own name. */
export async function summary(host: Host, options: SummaryOptions): Promise<number> {
  const misuse = (message: string): number => {
    host.err(`inlayer: ${safe(message)}\n`);
    return EXIT.misuse;
  };
  const found = await chooseModels(host, options, (core, path, chosen) =>
    options.macs ? chosen.map((index) => core.lower(path, index, { batch: 1 })) : [],
  );
  if ("problem" in found) return misuse(found.problem);
  const { file, read, chosen, made } = found;
  const { models, diagnostics } = read.analysis;
  const palette = createPalette(wantsColour(options.color, host.terminal.present, host.environment));
  const tables = models
    .filter((_, i) => chosen.includes(i))
    .map((it, i) => printModel(it, made[i], options, host, palette));
  host.out((await Promise.all(tables)).join("\n"));
  const errors = diagnostics.filter(({ severity }) => severity === "error").length;
  if (errors === 0) return EXIT.clean;
  host.err(`inlayer: ${safe(file)} has ${errors} ${errors === 1 ? "error" : "errors"}; see inlayer check\n`);
  return EXIT.faults;
}

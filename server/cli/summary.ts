import { resolve } from "node:path";
import { type ModelReport, summarise } from "../../core/index.ts";
import { safe } from "./displayLine.ts";
import { EXIT, type Host, terminalWidth } from "./host.ts";
import type { SummaryOptions } from "./options.ts";
import { createPalette, type Palette, wantsColour } from "./palette.ts";
import { Reader } from "./reader.ts";

/** `FILE:MODEL`; a name with a colon that is a file's own stays whole. */
async function splitTarget(host: Host, target: string): Promise<{ file: string; model: string | undefined }> {
  const colon = target.lastIndexOf(":");
  const isFile = (await host.files.kind(resolve(host.cwd, target)).catch(() => undefined)) !== undefined;
  if (isFile || colon <= 0) return { file: target, model: undefined };
  return { file: target.slice(0, colon), model: target.slice(colon + 1) };
}

function printModel(model: ModelReport, options: SummaryOptions, host: Host, palette: Palette): string {
  const { lineLength, expandNested, showTrainable } = options;
  const lines = summarise(model, { lineLength, expandNested, showTrainable, terminalWidth: terminalWidth(host) });
  return lines
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
  const reader = new Reader(host, options);
  const rootProblem = await reader.rootProblem();
  if (rootProblem !== undefined) return misuse(rootProblem);
  const { file, model } = await splitTarget(host, options.target);
  const path = resolve(host.cwd, file);
  const kind = await host.files.kind(path).catch(() => "file" as const);
  if (kind !== "file") return misuse(`${file}: ${kind ? "it is not a file" : "no such file or directory"}`);
  const read = await reader.read({ name: file, path, found: false });
  if ("problem" in read) return misuse(`${file}: ${read.problem}`);
  const { models, diagnostics } = read.analysis;
  const chosen = models.filter(({ name, kerasName }) => model === undefined || name === model || kerasName === model);
  if (models.length === 0) return misuse(`${file}: it builds no model`);
  if (chosen.length === 0) {
    const names = [...new Set(models.map(({ name }) => name))].join(", ");
    return misuse(`${file}: it builds no model called '${model}'; there is ${names}`);
  }
  const palette = createPalette(wantsColour(options.color, host.terminal.present, host.environment));
  host.out(chosen.map((it) => printModel(it, options, host, palette)).join("\n"));
  const errors = diagnostics.filter(({ severity }) => severity === "error").length;
  if (errors === 0) return EXIT.clean;
  host.err(`inlayer: ${safe(file)} has ${errors} ${errors === 1 ? "error" : "errors"}; see inlayer check\n`);
  return EXIT.faults;
}

import type { Location, Lowering } from "../../core/index.ts";
import { type Prepared, prepared } from "../engine/given.ts";
import type { WeightsReport } from "../engine/matchedWeights.ts";
import type { Engine, Forwarded, ForwardedRow, RunOptions } from "../features/forward.ts";
import { wordsOf } from "../workspace/fileSystem.ts";
import { chooseModels, nameOne } from "./chosen.ts";
import { safe } from "./displayLine.ts";
import { readInputFile, unwritable, weightsFor, writeOutput } from "./forwardFiles.ts";
import { forwardTable } from "./forwardTable.ts";
import { EXIT, type Host } from "./host.ts";
import { FORMAT_VERSION } from "./json.ts";
import type { ForwardOptions } from "./options.ts";
import { createPalette, wantsColour } from "./palette.ts";

/** One model's run, and where its rows' layers are made. */
export interface ForwardReport {
  readonly name: string;
  readonly ran: Forwarded;
  /** Of `--weights`. */
  readonly weights: WeightsReport | undefined;
  /** Milliseconds. */
  readonly time: number;
  readonly place: (location: Location) => Placed;
  /** Of the model, or of the input that a problem is about. */
  readonly location: Location | undefined;
  /** The program does not say an input's shape, and nothing else did. */
  readonly lacksShape: boolean;
}
/** What the numbers were drawn by. */
export interface Drawn {
  readonly batch: number;
  readonly seed: number;
}
export interface Placed {
  readonly path: string;
  /** Of a notebook. */
  readonly cell?: number;
  readonly line: number;
  readonly column: number;
}

/** Runs a file's models, or those of one name, and prints what came out of each layer. */
export async function forward(host: Host, options: ForwardOptions): Promise<number> {
  const misused = (problem: string): number => {
    host.err(`inlayer: ${safe(problem)}\n`);
    return EXIT.misuse;
  };
  const given = await readInputFile(host, options.input);
  if (given !== undefined && "problem" in given) return misused(given.problem);
  const unwritten = await unwritable(host, options.output);
  if (unwritten !== undefined) return misused(unwritten);
  const { batch } = options;
  const found = await chooseModels(host, options, (core, path, chosen) =>
    chosen.flatMap((index) => prepared(given, { batch }, (asked) => core.lower(path, index, asked)) ?? []),
  );
  if ("problem" in found) return misused(found.problem);
  const one = found.made.length > 1 ? `; ${nameOne(found)}` : "";
  const runs: Prepared<Lowering<Location>>[] = [];
  for (const it of found.made) {
    if ("problem" in it) return misused(`--input ${options.input}: ${it.problem}${one}`);
    runs.push(it);
  }
  const drawnBy = { batch: runs[0]?.lowering.batch ?? batch ?? 2, seed: options.seed };
  for (const option of ["output", "weights"] as const)
    if (options[option] !== undefined && runs.length > 1)
      return misused(`--${option} is for one model: ${nameOne(found)}`);
  const weights = await weightsFor(host, options, runs[0]?.lowering);
  if (weights !== undefined && "problem" in weights) {
    misused(weights.problem);
    return weights.misuse ? EXIT.misuse : EXIT.faults;
  }
  const { documents, analysis } = found.read;
  const place = ({ path, span }: Location): Placed => {
    const position = documents.get(path)?.positionAt(span.start) ?? { line: 1, column: 1 };
    return { path: path === analysis.path ? found.file : path, ...position };
  };
  const engine = await host.createEngine();
  const reports: ForwardReport[] = [];
  try {
    for (const it of runs) {
      const drawn = { seed: options.seed, inputs: it.inputs, weights: weights?.numbers };
      const how = { ...drawn, wanted: options.output !== undefined };
      reports.push({ ...(await ran(engine, it, how)), weights: weights?.report, place });
    }
  } finally {
    engine.dispose();
  }
  const palette = createPalette(wantsColour(options.color, host.terminal.present, host.environment));
  if (options.format === "json") host.out(`${JSON.stringify(asJson(found.file, reports, drawnBy), undefined, 2)}\n`);
  else host.out((await Promise.all(reports.map((it) => forwardTable(it, drawnBy, palette)))).join("\n"));
  const lost = await writeOutput(host, options.output, reports[0]?.ran);
  if (lost !== undefined) {
    misused(lost);
    // What did not run to its end has nothing to write, whatever the path is.
    return reports[0]?.ran.outputs?.length ? EXIT.misuse : EXIT.faults;
  }
  const asPredicted = reports.every(({ ran: it }) => it.problem === undefined && it.rows.every(isAsPredicted));
  return asPredicted ? EXIT.clean : EXIT.faults;
}

async function ran(engine: Engine, { lowering, words }: Prepared<Lowering<Location>>, how: RunOptions) {
  const start = performance.now();
  const rows: ForwardedRow[] = [];
  // Where the engine itself ends, what ran before it is told, and other models run.
  const ended = (fault: unknown): Forwarded => ({ rows, input: "", problem: wordsOf(fault) });
  const result = await engine.run(lowering, how, (row) => rows.push(row), new AbortController().signal).catch(ended);
  const { name, location, lacksShape } = lowering;
  const input = [result.input, words].filter((it) => it !== undefined && it !== "").join(" · ");
  return { name, location, lacksShape, ran: { ...result, input }, time: performance.now() - start };
}

export const isAsPredicted = ({ predicted, actual }: ForwardedRow): boolean =>
  actual === predicted || (predicted === "?" && actual !== undefined);

/** Its form is a contract: docs/json.md. */
function asJson(path: string, reports: readonly ForwardReport[], { batch, seed }: Drawn) {
  return {
    version: FORMAT_VERSION,
    path,
    batch,
    seed,
    models: reports.map(({ name, ran: { rows, input, problem }, weights, time, place, location }) => ({
      name,
      ...whereIn(path, location && place(location)),
      input,
      ...(weights !== undefined && { weights: { ...weights, refused: weights.refused ?? null } }),
      problem: problem ?? null,
      time: rounded(time),
      layers: rows.map((row) => rowAsJson(row, row.location && place(row.location), path)),
    })),
  };
}
function rowAsJson({ location: _, index: __, ...row }: ForwardedRow, at: Placed | undefined, path: string) {
  return {
    name: row.name,
    type: row.type,
    depth: row.depth,
    ...whereIn(path, at),
    predicted: row.predicted,
    actual: row.actual ?? null,
    params: row.params ?? null,
    macs: row.macs ?? null,
    bytes: row.bytes ?? null,
    time: row.time === undefined ? null : rounded(row.time),
    statistics: row.statistics === undefined ? null : finite(row.statistics),
    problem: row.problem ?? null,
  };
}
function whereIn(path: string, at: Placed | undefined) {
  const isHere = at?.path === path;
  return {
    ...(isHere && at.cell !== undefined && { cell: at.cell }),
    line: isHere ? at.line : null,
    column: isHere ? at.column : null,
  };
}
/** Milliseconds, to the microsecond. */
const rounded = (time: number): number => Math.round(time * 1000) / 1000;
const finite = (statistics: NonNullable<ForwardedRow["statistics"]>) =>
  Object.fromEntries(
    Object.entries(statistics).map(([key, value]) => [
      key,
      typeof value === "number" && !Number.isFinite(value) ? null : value,
    ]),
  );

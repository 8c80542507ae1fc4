import { relative, resolve } from "node:path";
import { isAtLeast, type Severity } from "../../core/index.ts";
import { Baselines } from "./baselines.ts";
import { type Checked, type CheckedFile, Checker, type Job } from "./checkFile.ts";
import { safe } from "./displayLine.ts";
import { type Finished, isChecked } from "./formats/format.ts";
import { EXIT, type Host } from "./host.ts";
import { printReport } from "./json.ts";
import type { CheckFormat, CheckOptions } from "./options.ts";
import { createPalette, wantsColour } from "./palette.ts";
import { Progress } from "./progress.ts";
import { Reader } from "./reader.ts";
import { type FileTarget, targetsOf } from "./targets.ts";
import { printTotals } from "./text.ts";
import { inWorkers } from "./workers.ts";

/** What is told once all is done. Of text each file is told as it is done, and only the totals are left. */
const REPORTS: Readonly<Record<CheckFormat, (finished: Finished, options: CheckOptions) => string | Promise<string>>> =
  {
    text: totals,
    concise: async (finished, options) =>
      (await import("./formats/concise.ts")).conciseReport(finished) + totals(finished, options),
    json: ({ all }) => printReport(all.filter(isChecked).map(({ report }) => report)),
    sarif: async (finished) => (await import("./formats/sarif.ts")).sarifReport(finished),
    github: async (finished) => (await import("./formats/github.ts")).githubReport(finished),
    junit: async (finished) => (await import("./formats/junit.ts")).junitReport(finished),
  };

function totals({ all, host }: Finished, options: CheckOptions): string {
  const files = all.filter(isChecked);
  if (files.length === 0) return "";
  const palette = createPalette(wantsColour(options.color, host.terminal.present, host.environment));
  const sum = (of: (file: CheckedFile) => number) => files.reduce((total, it) => total + of(it), 0);
  const severities = files.flatMap(({ report }) => report.diagnostics.map(({ severity }) => severity));
  const [unknown, known] = [sum((it) => it.unknown), sum((it) => it.known)];
  return printTotals({ files: files.length, severities, unknown, known }, palette);
}

/** Reads what was asked for, tells what it found, and says on standard error what could not be read. */
export async function check(host: Host, options: CheckOptions): Promise<number> {
  const reader = new Reader(host, options);
  const problem = await reader.problem();
  if (problem !== undefined) return misuse(host, [problem]);
  let unreadable = 0;
  const complain = (name: string, problem: string) => {
    unreadable++;
    host.err(`inlayer: ${safe(name) || "''"}: ${safe(problem)}\n`);
  };
  const plan = await planned(host, options, reader, complain);
  if ("problems" in plan) return misuse(host, plan.problems);
  const all: Checked[] = [];
  const progress = new Progress(host, plan.jobs.length);
  for await (const checked of checkAll(host, options, plan.jobs)) {
    if (isChecked(checked)) {
      all.push(checked);
      if (checked.text !== undefined) progress.clear();
      if (checked.text !== undefined) host.out(`${checked.text}\n`);
    } else if (!(checked.foreign && checked.target.found)) {
      all.push(checked);
      progress.clear();
      complain(checked.target.name, checked.problem);
    }
    progress.step(checked.target.name);
  }
  progress.clear();
  const fails = ({ target, report }: CheckedFile) =>
    report.diagnostics.some(({ severity }) => isAtLeast(severity, plan.failOn(target)));
  const found = all.filter(isChecked).some(fails) ? EXIT.faults : EXIT.clean;
  const code = unreadable > 0 ? EXIT.misuse : options.writeBaseline ? EXIT.clean : found;
  if (options.writeBaseline) return (await plan.baselines.write(all.filter(isChecked))) ? code : EXIT.misuse;
  host.out(await REPORTS[options.format]({ all, code, failOn: plan.failOn, host }, options));
  await plan.baselines.tellStale(all.filter(isChecked));
  return code;
}

function misuse(host: Host, problems: readonly string[]): number {
  for (const problem of problems) host.err(`inlayer: ${safe(problem)}\n`);
  return EXIT.misuse;
}

interface Plan {
  readonly jobs: readonly Job[];
  readonly baselines: Baselines;
  readonly failOn: (target: FileTarget) => Severity;
}

/** The files to check, with what their projects say of each. */
async function planned(
  host: Host,
  options: CheckOptions,
  reader: Reader,
  complain: (name: string, problem: string) => void,
): Promise<Plan | { readonly problems: readonly string[] }> {
  const problems = new Set<string>();
  const baselines = new Baselines(host, options.writeBaseline);
  const said = options.baseline && resolve(host.cwd, options.baseline);
  const failOn = new Map<string, Severity>();
  const jobs: Job[] = [];
  for await (const target of targetsOf(host.files, host.cwd, options.paths)) {
    if ("problem" in target) {
      complain(target.name, target.problem);
      continue;
    }
    const found = await reader.tableOf(target.path);
    for (const it of found?.problems ?? []) problems.add(`${reader.nameOf(found?.file ?? "")}: ${it}`);
    if ((target.found || options.forceExclude) && found?.excludes(target.path)) continue;
    const table = found?.table ?? {};
    const baseline = said ?? (table.baseline && found && resolve(found.folder, table.baseline));
    const known = await baselines.knownOf(target.path, baseline);
    if ("problem" in known) problems.add(`${relative(host.cwd, baseline ?? "")}: ${known.problem}`);
    else jobs.push({ target, known: known.known });
    const fails = options.failOn ?? table.failOn;
    if (fails !== undefined) failOn.set(target.path, fails);
  }
  if (options.writeBaseline && !baselines.any && jobs.length > 0)
    problems.add("--write-baseline needs --baseline FILE, or baseline in [tool.inlayer] of pyproject.toml");
  if (problems.size > 0) return { problems: [...problems] };
  return { jobs, baselines, failOn: ({ path }) => failOn.get(path) ?? "error" };
}

/** Files that are worth a worker: one costs as much to start as some of them to read. */
const WORTH = 16;
const MOST_WORKERS = 8;

function checkAll(host: Host, options: CheckOptions, jobs: readonly Job[]): AsyncIterable<Checked> {
  const targets = jobs.map(({ target }) => target);
  const usual = Math.min(host.cores, MOST_WORKERS, Math.floor(jobs.length / WORTH));
  const count = options.workers ?? usual;
  const { startChecker } = host;
  if (startChecker === undefined || count < 2 || jobs.length < 2) {
    const checker = new Checker(host, options, targets);
    return oneByOne(jobs, (job) => checker.check(job));
  }
  const spawn = () => startChecker({ options, targets, terminal: host.terminal });
  return inWorkers<Job, Checked>(jobs, count, spawn, ({ target }, why) => ({
    target,
    problem: `Inlayer itself failed on it, please report this: ${why}`,
  }));
}

async function* oneByOne<J, R>(jobs: readonly J[], work: (job: J) => Promise<R>): AsyncGenerator<R> {
  for (const job of jobs) yield await work(job);
}

import { dirname } from "node:path";
import { type ModelReport, printShape } from "../../core/index.ts";
import { compareModel } from "./agreement.ts";
import { answersOf, readCalls } from "./calls.ts";
import { packages, userFile } from "./folders.ts";
import type { CorpusReader, Doubt, Reading } from "./reading.ts";
import { ranked } from "./table.ts";
import { Tally } from "./tally.ts";

/** What people build out of the packages, in a file of their own: calls.txt, held to the real Keras. */
export async function compareCalls(
  reader: CorpusReader,
  parts: readonly string[],
  python: () => string,
): Promise<boolean> {
  const wanted = readCalls().filter(
    (call) => parts.length === 0 || parts.some((part) => `${call.package} ${call.expression}`.includes(part)),
  );
  const answers = await answersOf(wanted, python);
  const tally = new Tally("what packages build");
  const reasons: string[] = [];
  for (const call of wanted) {
    const real = answers.get(call);
    // Where Keras itself raises there is nothing to compare with.
    if (real === undefined || "error" in real) continue;
    const reading = await reader.read(userFile, dirname(userFile), call.text, call.keras, packages);
    if ("crash" in reading) {
      tally.add(call.package, call.expression, "crash", reading.crash);
      continue;
    }
    const ours = modelOf(reading);
    const { verdict, where } =
      ours === undefined
        ? { verdict: "unknown" as const, where: "no model" }
        : compareModel(
            ours,
            { ...real, isSequential: real.type === "Sequential" },
            call.keras === 3 ? "stems" : "none",
          );
    const told = verdict === "exact" ? [] : doubtsInPackages(reading);
    reasons.push(...new Set(told.map((it) => it.reason)));
    tally.add(call.package, call.expression, verdict, [where, ...told.slice(0, 2).map(printDoubt)].join("\n        "));
  }
  const good = tally.print();
  for (const [reason, count] of ranked(reasons).slice(0, 40)) console.log(`${String(count).padStart(4)}  ${reason}`);
  return good;
}

/** The model that the program's last line binds: there is a hint on it, and its figures are the model's. */
export function modelOf({ document, analysis: { hints, models } }: Reading): ModelReport | undefined {
  const start = document.text.lastIndexOf("model = ") + "model = ".length;
  const hint = hints.find((it) => it.kind === "model" && it.span.start === start);
  const context = hint?.contexts.at(-1);
  if (context === undefined) return undefined;
  const outputs = "shape" in context.outputs ? [context.outputs] : context.outputs;
  const isIt = (it: ModelReport): boolean =>
    it.params === context.params &&
    (it.outputs === undefined ||
      it.outputs.map(printShape).join() === outputs.map(({ shape }) => printShape(shape)).join());
  return models.findLast(isIt) ?? models.at(-1);
}

/** What is not known on the way to a model: imports of names that nothing is made of are not among it. */
const doubtsInPackages = ({ doubts }: Reading): readonly Doubt[] => {
  const seen = new Set<string>();
  return doubts.filter((it) => {
    const key = `${it.path} ${it.line} ${it.reason}`;
    if (seen.has(key) || /^the module \S+ is not known/.test(it.reason)) return false;
    seen.add(key);
    return true;
  });
};
const printDoubt = ({ path, line, reason }: Doubt): string =>
  `? ${path.startsWith(packages) ? path.slice(packages.length + 1) : path}:${line} ${reason}`;

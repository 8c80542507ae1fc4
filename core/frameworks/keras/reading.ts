import type { Project, Source } from "../../analysis.ts";
import type { Fault } from "../../interpreter/record.ts";
import type { Module } from "../../python/syntax.ts";
import { type Environment, environmentIn, isOtherRelease, versionThere } from "./environment.ts";
import { type Evidence, evidenceIn, hasWordsOfKeras1, throughTensorflow, type Version } from "./version.ts";

/** By which Keras a file is read, and why. */
export interface Reading {
  readonly version: Version;
  /** Signatures are those of the release that is there; else an argument that they lack may be fine. */
  readonly exact: boolean;
  /** It has words of Keras 1, which Keras 2.0 to 2.3 understood. */
  readonly first?: boolean;
  /** Set where the file's own spelling decided it. */
  readonly because?: Evidence | undefined;
  /** The file of the project that has that spelling, where it is another one. */
  readonly from?: string | undefined;
}

/**
 * The setting decides; else what the file imports, since it would fail with any other; else what is installed or
 * pinned; else old ways to call; else it is the newest. The files of the project that it imports count as it does.
 */
export function readingOf(project: Project, told: string | undefined): Reading {
  const reading = decided(project, told);
  return reading.version === 2 && hasWordsOfKeras1(project.file.text) ? { ...reading, first: true } : reading;
}

function decided({ file, settings, answers }: Project, told: string | undefined): Reading {
  const environment = environmentIn(told);
  const exact = !isOtherRelease(environment);
  if (settings.keras !== "auto") return { version: settings.keras, exact };
  const said = [{ because: evidenceIn(file.text) }, ...imported(answers)].filter((it) => it.because !== undefined);
  const [first] = said;
  const failing = said.find(({ because }) => because?.isImport);
  if (failing !== undefined) return { version: 2, exact, ...failing };
  const there = versionThere(environment, throughTensorflow(file.text));
  if (there !== undefined) return { version: there, exact };
  return first === undefined ? { version: 3, exact } : { version: 2, exact, ...first };
}

type Said = Pick<Reading, "because" | "from">;

/** What the modules say that the file has imported so far; installed packages may be written for any version. */
const imported = (answers: Project["answers"]): readonly Said[] =>
  [...answers].flatMap(([key, source]) =>
    source === null || !/^module [^\n]*$/.test(key) || /[\\/](?:site|dist)-packages[\\/]/.test(source.path)
      ? []
      : [{ because: evidenceOf(source), from: source.path }],
  );

/** The same answer says the same, at every keystroke in another file. */
const evidences = new WeakMap<Source, { readonly because: Evidence | undefined }>();
function evidenceOf(source: Source): Evidence | undefined {
  const known = evidences.get(source) ?? { because: evidenceIn(source.text) };
  evidences.set(source, known);
  return known.because;
}

/** One note for a file that is read as what it was written for, or as what it imports was, if it uses Keras itself. */
export function versionNote(
  { path, text }: Source,
  { because, from }: Reading,
  module: Module | undefined,
  told: string | undefined,
): readonly Fault[] {
  const [anchor] = module?.entries ?? [];
  if (because === undefined || because.asked || anchor === undefined) return [];
  if (from !== undefined && !text.includes("keras")) return [];
  const { start, end } = from === undefined ? because.span : { start: anchor.offset, end: anchor.offset + 1 };
  const where = from === undefined ? "" : ` (${from.slice(from.search(/[^\\/]*$/))})`;
  const there = environmentIn(told);
  return [
    {
      code: "keras-version",
      severity: "information",
      place: { path, statement: anchor.statement.id, span: { start: start - anchor.offset, end: end - anchor.offset } },
      message:
        `Keras 3 has no ${shortened(because.text)}${where}: ` +
        `the file is read by Keras 2's rules${installed(there)}`,
      related: [],
      repairs: [],
    },
  ];
}
const installed = ({ keras, installed }: Environment): string =>
  keras !== undefined && installed === true && !keras.startsWith("2") ? `, and Keras ${keras} is installed` : "";
function shortened(written: string): string {
  const text = written.replace(/\s+/g, " ");
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

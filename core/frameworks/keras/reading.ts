import type { Project } from "../../analysis.ts";
import type { Fault } from "../../interpreter/record.ts";
import type { Module } from "../../python/syntax.ts";
import { type Environment, environmentIn, isOtherRelease, versionThere } from "./environment.ts";
import { type Evidence, evidenceIn, throughTensorflow, type Version } from "./version.ts";

/** By which Keras a file is read, and why. */
export interface Reading {
  readonly version: Version;
  /** Signatures are those of the release that is there; else an argument that they lack may be fine. */
  readonly exact: boolean;
  /** Set where the file's own spelling decided it. */
  readonly because?: Evidence | undefined;
}

/**
 * The setting decides; else what the file imports, since it would fail with any other; else what is installed or
 * pinned; else old ways to call; else it is the newest.
 */
export function readingOf({ file, settings }: Project, told: string | undefined): Reading {
  const environment = environmentIn(told);
  const exact = !isOtherRelease(environment);
  if (settings.keras !== "auto") return { version: settings.keras, exact };
  const because = evidenceIn(file.text);
  if (because?.isImport) return { version: 2, exact, because };
  const there = versionThere(environment, throughTensorflow(file.text));
  if (there !== undefined) return { version: there, exact };
  return because === undefined ? { version: 3, exact } : { version: 2, exact, because };
}

/** One note for a file that is read as what it was written for. */
export function versionNote(
  path: string,
  { because }: Reading,
  module: Module | undefined,
  told: string | undefined,
): readonly Fault[] {
  const [anchor] = module?.entries ?? [];
  if (because === undefined || because.asked || anchor === undefined) return [];
  const { start, end } = because.span;
  const there = environmentIn(told);
  return [
    {
      code: "keras-version",
      severity: "information",
      place: { path, statement: anchor.statement.id, span: { start: start - anchor.offset, end: end - anchor.offset } },
      message: `Keras 3 has no ${shortened(because.text)}: the file is read by Keras 2's rules${installed(there)}`,
      related: [],
      repairs: [],
    },
  ];
}
const installed = ({ keras, installed }: Environment): string =>
  keras !== undefined && installed === true && !keras.startsWith("2") ? `, and Keras ${keras} is installed` : "";
const shortened = (text: string): string => (text.length > 60 ? `${text.slice(0, 59)}…` : text);

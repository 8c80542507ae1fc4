import type { Project, Source } from "./analysis.ts";
import type { Framework } from "./interpreter/framework.ts";
import type { Machine } from "./interpreter/machine.ts";
import type { Fault } from "./interpreter/record.ts";
import { publish } from "./publish.ts";
import { type Silenced, silencedBy } from "./rules/suppression.ts";
import type { Session } from "./session.ts";

/** The report on a project's file, as its user wants to hear it. */
export function published(
  machine: Machine,
  { file, settings }: Project,
  session: Session,
  frameworks: readonly Framework[],
  notes: readonly Fault[] = [],
): ReturnType<typeof publish> {
  const { severities, lowest } = settings;
  const told = { severities, lowest, silenced: silencedIn(file, session) };
  return publish(machine, frameworks, file.path, session.locator(), told, [
    ...session.annotationFaults(file.path),
    ...notes,
  ]);
}

/** What the comments of a file silence. */
export const silencedIn = ({ path, text }: Source, session: Session): Silenced =>
  silencedBy(text, session.documentOf(path)?.module.comments ?? []);

import type { Project } from "./analysis.ts";
import type { Framework } from "./interpreter/framework.ts";
import type { Machine } from "./interpreter/machine.ts";
import type { Fault } from "./interpreter/record.ts";
import { publish } from "./publish.ts";
import { silencedBy } from "./rules/suppression.ts";
import type { Session } from "./session.ts";

/** The report on a project's file, as its user wants to hear it. */
export function published(
  machine: Machine,
  { file, settings }: Project,
  session: Session,
  frameworks: readonly Framework[],
  notes: readonly Fault[] = [],
): ReturnType<typeof publish> {
  const comments = session.documentOf(file.path)?.module.comments ?? [];
  const { severities, lowest } = settings;
  const told = { severities, lowest, silenced: silencedBy(file.text, comments) };
  return publish(machine, frameworks, file.path, session.locator(), told, [
    ...session.annotationFaults(file.path),
    ...notes,
  ]);
}

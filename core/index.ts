/** The one door: everything a host may use of core. */
export type * from "./analysis.ts";
export { missingKey } from "./analysis.ts";
export { type SummaryModel, type SummaryOptions, summarise } from "./graph/summary.ts";
export type { Style as SummaryStyle, Text as SummaryText } from "./graph/table.ts";
export { type AnyShape, hasRank, printShape } from "./tensor/shape.ts";
export { LineIndex } from "./text/lines.ts";
export type { Span } from "./text/span.ts";

import type { Answer, Project } from "./analysis.ts";
import { createKeras } from "./frameworks/keras/index.ts";
import { createNumpy } from "./frameworks/numpy/index.ts";
import { createPython } from "./frameworks/python/index.ts";
import { createTensorflow } from "./frameworks/tensorflow/index.ts";
import type { Framework } from "./interpreter/framework.ts";
import { published } from "./published.ts";
import { createParser, type PythonParser, type Wasm } from "./python/parser.ts";
import { Session } from "./session.ts";
import { verified } from "./verify.ts";

export type { Wasm };

export interface Core {
  /** Reads the project's file and whatever it imports. Pure: the same project always gives the same answer. */
  analyse(project: Project): Answer;
  /**
   * The same in slices: `pause` is asked after each newly evaluated statement, and where it says true the generator
   * yields; a host that has a newer text simply drops it.
   */
  analyseInSlices(project: Project, pause: () => boolean): Generator<void, Answer>;
  /** Forgets a file that is closed. */
  forget(path: string): void;
}

/** What a script may import, in the order in which they are asked. */
const frameworks = (): readonly Framework[] => [createKeras(), createTensorflow(), createNumpy(), createPython()];

export async function createCore(wasm: Wasm, using: readonly Framework[] = frameworks()): Promise<Core> {
  return new ReadyCore(await createParser(wasm), using);
}

class ReadyCore implements Core {
  private readonly parser: PythonParser;
  private readonly frameworks: readonly Framework[];
  private readonly sessions = new Map<string, Session>();
  /** Where repairs are tried, so that the texts that people see are not disturbed. */
  private readonly trials = new Map<string, Session>();

  constructor(parser: PythonParser, using: readonly Framework[]) {
    this.parser = parser;
    this.frameworks = using;
  }

  analyse(project: Project): Answer {
    const run = this.analyseInSlices(project, () => false);
    for (;;) {
      const { done, value } = run.next();
      if (done === true) return value;
    }
  }

  *analyseInSlices(project: Project, pause: () => boolean): Generator<void, Answer> {
    const session = this.sessionIn(this.sessions, project.file.path);
    const machine = yield* session.run(project, pause);
    const { analysis, faults } = published(machine, project, session, this.frameworks);
    const missing = [...session.missing.values()];
    if (missing.length > 0 || project.settings.fixes === false) return { analysis, missing };
    const trial = this.sessionIn(this.trials, project.file.path);
    return { analysis: verified(analysis, faults, { project, session, trial, frameworks: this.frameworks }), missing };
  }

  forget(path: string): void {
    for (const sessions of [this.sessions, this.trials]) {
      sessions.get(path)?.close();
      sessions.delete(path);
    }
  }

  private sessionIn(sessions: Map<string, Session>, path: string): Session {
    const known = sessions.get(path);
    if (known !== undefined) return known;
    const made = new Session(this.parser, this.frameworks);
    sessions.set(path, made);
    return made;
  }
}

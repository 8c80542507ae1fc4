import { type Missing, missingKey, type Project, type Source } from "./analysis.ts";
import { executeModule } from "./interpreter/execute.ts";
import type { Framework } from "./interpreter/framework.ts";
import { type Found, type Loader, Machine, Paused } from "./interpreter/machine.ts";
import { answerName, moduleName } from "./interpreter/modules.ts";
import { Locator } from "./locator.ts";
import type { Document, PythonParser } from "./python/parser.ts";
import type { Module } from "./python/syntax.ts";

const PENDING = { answer: "pending" };
const ABSENT = { answer: "absent" };
/**
 * After so many texts everything is forgotten once, so that what a long day of typing leaves behind does not pile up.
 */
const TEXTS = 2000;

/** One file's analysis over its edits: the parsed texts and the machine that remembers what they led to. */
export class Session {
  readonly missing = new Map<string, Missing>();
  private readonly parser: PythonParser;
  private readonly frameworks: readonly Framework[];
  private readonly documents = new Map<string, Document>();
  private machine: Machine;
  private project: Project | undefined;
  private texts = 0;

  constructor(parser: PythonParser, frameworks: readonly Framework[]) {
    this.parser = parser;
    this.frameworks = frameworks;
    this.machine = this.newMachine();
  }

  /**
   * Reads the project's file and runs it; yields wherever `pause` says so. Gives the machine as it stands at the end.
   */
  *run(project: Project, pause: () => boolean): Generator<void, Machine> {
    this.project = project;
    this.missing.clear();
    if (++this.texts > TEXTS) this.forget();
    const module = this.moduleOf(project.file);
    this.provide(project);
    for (;;) {
      const m = this.machine;
      m.begin(project.file.path, pause);
      try {
        executeModule(m, module);
        return m;
      } catch (thrown) {
        if (!(thrown instanceof Paused)) throw thrown;
      }
      yield;
    }
  }

  /** Where statements stand in the texts as they are now. */
  locator(): Locator {
    return new Locator((path) => this.documents.get(path)?.module);
  }
  documentOf(path: string): Document | undefined {
    return this.documents.get(path);
  }

  close(): void {
    for (const document of this.documents.values()) document.close();
    this.documents.clear();
  }

  private forget(): void {
    this.close();
    this.machine = this.newMachine();
    this.texts = 0;
  }
  private newMachine(): Machine {
    const loader: Loader = { find: (path, name) => this.find(path, name) };
    return new Machine(this.frameworks, loader);
  }

  /** Tells the machine what has been answered, so that what depended on another answer is evaluated again. */
  private provide(project: Project): void {
    for (const [key, source] of project.answers) {
      const token = source === null ? ABSENT : this.moduleOf(source);
      const [, name = "", from = ""] = /^module (.*) from ([\s\S]*)$/.exec(key) ?? [];
      this.machine.provide(this.machine.named(answerName(from, name)), token);
      if (source !== null) this.machine.provide(this.machine.named(moduleName(source.path)), token);
    }
  }
  private moduleOf({ path, text }: Source): Module {
    const known = this.documents.get(path);
    if (known === undefined) this.documents.set(path, this.parser.open(text));
    else if (known.text !== text) known.update(text);
    return (this.documents.get(path) as Document).module;
  }
  private find(from: string, name: string): Found {
    const missing: Missing = { kind: "module", from, name };
    const key = missingKey(missing);
    const answer = this.project?.answers.get(key);
    if (answer === undefined) {
      this.missing.set(key, missing);
      return { kind: "pending", token: PENDING };
    }
    if (answer === null) return { kind: "absent", token: ABSENT };
    const module = this.moduleOf(answer);
    return { kind: "module", token: module, path: answer.path, module };
  }
}

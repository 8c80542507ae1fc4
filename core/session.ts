import { CUT, type Missing, missingKey, type Project, type Source } from "./analysis.ts";
import { type Annotated, annotatedIn, annotationFaults, SaidInputs } from "./annotations.ts";
import { gathered } from "./gathered.ts";
import { executeModule } from "./interpreter/execute.ts";
import type { Framework } from "./interpreter/framework.ts";
import { runImporters } from "./interpreter/importers.ts";
import { Paused } from "./interpreter/limits.ts";
import type { Found, FoundData, Loader, NotFound } from "./interpreter/loader.ts";
import { Machine } from "./interpreter/machine.ts";
import { answerName, moduleName } from "./interpreter/modules.ts";
import type { Fault } from "./interpreter/record.ts";
import { isAllEntered, readUncalled, type Uncalled, uncalledIn } from "./interpreter/uncalled.ts";
import { Locator } from "./locator.ts";
import type { Document, PythonParser } from "./python/parser.ts";
import type { Module } from "./python/syntax.ts";
import { type InputAnnotation, readInputAnnotation } from "./rules/inputAnnotation.ts";

/** The key of a module's answer. */
const MODULE = /^module (.*) from ([\s\S]*?)(?:\nin ([\s\S]*))?$/;
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
  /** What comments say, as they were read: the same text is the same object in every analysis. */
  private readonly read = new Map<string, InputAnnotation | undefined>();
  private saidInputs = new SaidInputs();

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
    // What is open still is: a statement that is taken over does not ask again.
    for (const key of this.missing.keys()) if (project.answers.has(key)) this.missing.delete(key);
    if (++this.texts > TEXTS) this.forget();
    const module = yield* this.moduleInSlices(project.file, pause);
    yield* this.provide(project, pause);
    const m = this.machine;
    const done = { count: 0 };
    let uncalled: Uncalled | undefined;
    m.begin(project.file.path, pause);
    for (;;) {
      try {
        executeModule(m, module, done);
        uncalled ??= m.anew(() => this.end(m, module));
        if (uncalled !== undefined) readUncalled(m, uncalled);
        return m;
      } catch (thrown) {
        if (!(thrown instanceof Paused)) throw thrown;
      }
      yield;
      m.resume();
    }
  }

  /**
   * The program has ended: what comments say of its models is heard now, so that it changes nothing before. Gives what
   * is to be read by itself.
   */
  private end(m: Machine, module: Module): Uncalled | undefined {
    const said = new SaidInputs();
    for (const path of this.documents.keys()) said.add(this.annotatedIn(path));
    this.saidInputs = said;
    if (!said.isEmpty) {
      const marks = gathered(m.record).flatMap((it) => it.marks);
      for (const framework of this.frameworks) framework.ended?.(m, marks, said.at);
    }
    // Mostly all is called, and then nobody needs to know who imports the file, or what mentions what.
    const isAllCalled = isAllEntered(m, module);
    if (!isAllCalled) runImporters(m, module);
    return isAllCalled && said.isEmpty ? undefined : uncalledIn(m, module, said.at);
  }
  private annotatedIn(path: string): readonly Annotated[] {
    const document = this.documents.get(path);
    if (document === undefined) return [];
    return annotatedIn(document.text, document.module, (comment) => {
      if (!this.read.has(comment)) this.read.set(comment, readInputAnnotation(comment));
      return this.read.get(comment);
    });
  }
  /** What is wrong with the comments of a file that the last run heard. */
  annotationFaults(path: string): readonly Fault[] {
    const document = this.documents.get(path);
    if (document === undefined) return [];
    const isWhole = this.missing.size === 0;
    return annotationFaults(path, document.module, this.annotatedIn(path), this.saidInputs, isWhole);
  }

  /** Where statements stand in the texts as they are now. */
  locator(): Locator {
    return new Locator((path) => this.documents.get(path));
  }
  /** All that was read, the file itself first. */
  paths(): Iterable<string> {
    return this.documents.keys();
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
    this.read.clear();
    this.machine = this.newMachine();
    this.texts = 0;
  }
  private newMachine(): Machine {
    const loader: Loader = {
      find: (path, name, program) => this.find({ kind: "module", from: path, name, ...this.inProgram(program) }),
      data: (path, name, kind) => this.data(path, name, kind),
      importers: (path) => this.importers(path),
      file: (path) => this.find({ kind: "file", from: this.project?.file.path ?? "", name: path }),
    };
    return new Machine(this.frameworks, loader);
  }

  /** Tells the machine what has been answered, so that what depended on another answer is evaluated again. */
  private *provide(project: Project, pause: () => boolean): Generator<void> {
    for (const [key, source] of project.answers) {
      if (/^(?:data|model) /.test(key)) {
        this.machine.provide(this.machine.named(key), source === null ? ABSENT : this.textOf(key, source.text));
        continue;
      }
      const [matched, name = "", from = "", program = project.file.path] = MODULE.exec(key) ?? [];
      if (matched === undefined) continue;
      const token = source === null ? ABSENT : yield* this.moduleInSlices(source, pause);
      this.machine.provide(this.machine.named(answerName(from, name, program)), token);
      if (source !== null) this.machine.provide(this.machine.named(moduleName(source.path)), token);
    }
  }
  /** A module may import the file itself: its text is the one that is analysed, whatever an older answer says. */
  private *moduleInSlices({ path, ...source }: Source, pause: () => boolean): Generator<void, Module> {
    const { text } = path === this.project?.file.path ? this.project.file : source;
    const document = this.documents.get(path) ?? this.parser.open("");
    this.documents.set(path, document);
    if (document.text !== text) for (const _ of document.updating(text)) if (pause()) yield;
    return document.module;
  }
  private moduleOf(source: Source): Module {
    return this.moduleInSlices(source, () => false).next().value as Module;
  }
  /** The same text is the same object in every analysis. */
  private textOf(key: string, text: string): { readonly text: string } {
    const known = this.texted.get(key);
    if (known?.text === text) return known;
    const made = { text };
    this.texted.set(key, made);
    return made;
  }
  private readonly texted = new Map<string, { readonly text: string }>();
  /** What the host says of something beside the file; what it has not said yet is asked for. */
  private answerTo(missing: Missing): Source | NotFound {
    const key = missingKey(missing);
    const answer = this.project?.answers.get(key);
    if (answer === undefined) {
      this.missing.set(key, missing);
      return { kind: "pending", token: PENDING };
    }
    return answer ?? { kind: "absent", token: ABSENT };
  }
  private data(from: string, name: string, kind: "data" | "model" = "data"): FoundData {
    // What is the user's own, and not the project's, only a host has that says so.
    if (name.startsWith("~") && this.project?.settings.facts !== true) return { kind: "absent", token: ABSENT };
    const missing: Missing = { kind, from, name, ...(name.startsWith("~") && { aside: true }) };
    const answer = this.answerTo(missing);
    if ("kind" in answer) return answer;
    const token = this.textOf(missingKey(missing), answer.text);
    const whole = !answer.text.endsWith(CUT);
    return { kind: "data", token, text: whole ? answer.text : answer.text.slice(0, -CUT.length), whole };
  }
  private inProgram(program: string): Pick<Missing, "program"> {
    return program === this.project?.file.path ? {} : { program };
  }
  private importers(from: string): readonly string[] {
    if (this.project?.settings.facts !== true) return [];
    const answer = this.answerTo({ kind: "importers", from, name: "", aside: true });
    return "kind" in answer ? [] : (JSON.parse(answer.text) as readonly string[]);
  }
  private find(missing: Missing): Found {
    const answer = this.answerTo(missing);
    if ("kind" in answer) return answer;
    const module = this.moduleOf(answer);
    return { kind: "module", token: module, path: answer.path, module };
  }
}

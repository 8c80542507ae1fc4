import {
  type Analysis,
  type Answer,
  type Core,
  isGrave,
  type Missing,
  missingKey,
  type Refactoring,
  type Settings,
  type Span,
} from "../../core/index.ts";
import type { Document } from "./document.ts";
import { type Entry, entryFor, put, type Run, replace } from "./entry.ts";
import { seemsToImport } from "./importers.ts";
import { pathLines } from "./importPath.ts";
import type { OpenFile, OpenFiles } from "./openFiles.ts";
import { sameReport } from "./sameReport.ts";
import { inSlices } from "./slices.ts";

/** What is known of an open file as it stands. */
export interface Analysed {
  readonly file: OpenFile;
  readonly analysis: Analysis;
  /** Every file that was read, by its path: places in the analysis may lie in any of them. */
  readonly documents: ReadonlyMap<string, Document>;
  /** False where the file has nothing to do with Keras, and was not analysed at all. */
  readonly concerned: boolean;
}

export interface AnalysesHost {
  core(): Promise<Core>;
  resolve(file: string, missing: Missing): Promise<Document | null>;
  concerns(file: OpenFile): boolean | Promise<boolean>;
  /** Those of the editor, and of the project that a file is in. */
  settings(path: string): Settings | Promise<Settings>;
  /** Lets whatever waits come first: a newer text above all. */
  breathe(): Promise<void>;
  delay(milliseconds: number): Promise<void>;
  /** Milliseconds. */
  now(): number;
  /** The analysis of a file is another one than its last, and not because its own text changed. */
  renewed(path: string): void;
  /** The present text was analysed. */
  analysed(analysed: Analysed): void;
  failed(path: string, error: unknown): void;
  /** The file is closed. */
  forget(path: string): void;
}

/** How long answers are waited for before what is known without them is shown. */
const PATIENCE = 100;
/** How long a text stands still before the causes of what is wrong in it are searched for: nobody is typing then. */
const REST = 1000;
const ROUNDS = 200;
const MODULES = 5000;

/** Analyses what is open, in slices; a newer text drops the run of an older one. */
export class Analyses {
  private readonly host: AnalysesHost;
  private readonly open: OpenFiles;
  private readonly entries = new Map<string, Entry>();
  constructor(open: OpenFiles, host: AnalysesHost) {
    this.open = open;
    this.host = host;
  }

  /** The analysis of the text as it stands when it is done; undefined if the file is not open. Never rejects. */
  of(path: string): Promise<Analysed | undefined> {
    const entry = this.entryOf(path);
    if (entry === undefined) return Promise.resolve(undefined);
    entry.run ??= this.start(entry);
    return entry.run.result;
  }

  /** The analysis with the fixes that are wanted (see Settings); each is tried out, which takes its time. */
  async withFixes(path: string, wanted: Span | "keeping" | true): Promise<Analysed | undefined> {
    const found = await this.searched(path, (entry, file, generation) => {
      entry.questions++;
      return entry.fixes.of(`${generation} ${JSON.stringify(wanted)}`, async () => {
        const settings = await this.host.settings(path);
        return this.drive(entry, { ...settings, fixes: wanted }, file, () => entry.generation === generation);
      });
    });
    return found?.answer === undefined ? found?.before : { ...found.before, analysis: found.answer.analysis };
  }
  /** Other ways to write what stands at a span, as core has tried them. */
  async refactorings(
    path: string,
    span: Span,
  ): Promise<{ readonly file: OpenFile; readonly found: readonly Refactoring[] } | undefined> {
    const found = await this.searched(path, (entry, { text }, generation) =>
      entry.refactorings.of(`${generation} ${JSON.stringify(span)}`, async () => {
        const core = await this.host.core();
        const settings = await this.host.settings(path);
        const project = { file: { path, text }, answers: entry.answers, settings };
        const isCurrent = () => entry.generation === generation;
        return isCurrent() ? this.inSlices((pause) => core.refactor(project, span, pause), isCurrent) : undefined;
      }),
    );
    return found?.answer && { file: found.before.file, found: found.answer };
  }
  /** Searches in the file as it stands, and again where that changed meanwhile. */
  private async searched<T>(
    path: string,
    search: (entry: Entry, file: OpenFile, generation: number) => Promise<T | undefined>,
  ): Promise<{ readonly before: Analysed; readonly answer?: T } | undefined> {
    for (;;) {
      const before = await this.of(path);
      const entry = this.entries.get(path);
      if (before === undefined) return undefined;
      if (!before.concerned || entry === undefined) return { before };
      const { generation } = entry;
      const answer = await search(entry, before.file, generation);
      if (answer !== undefined && generation === entry.generation) return { before, answer };
    }
  }

  /** Whether a file is being analysed. */
  get isBusy(): boolean {
    for (const { run } of this.entries.values()) if (run?.finished === false) return true;
    return false;
  }

  /** The text of an open file changed, or it is not open any more. */
  changed(path: string): void {
    const entry = this.entryOf(path);
    if (entry === undefined) {
      this.forget(path);
      return;
    }
    this.outdate(entry);
    void this.of(path);
  }
  /** A file that others may import has another text now: this one, or one that is to be read again. */
  moduleChanged(path: string, document?: Document): void {
    for (const entry of this.entries.values()) {
      const known = entry.documents.get(path);
      if (entry.path === path) continue;
      if (known === undefined) {
        if (document !== undefined) this.importerChanged(entry, document);
        continue;
      }
      if (document !== undefined) replace(entry, document);
      else for (const [key, source] of entry.answers) if (source?.path === path) entry.doubtful.add(key);
      if (known.text !== document?.text) void this.renew(entry, path);
    }
  }
  /** A program that is none of the file's yet may import it now. */
  private importerChanged(entry: Entry, { text }: Document): void {
    const [key] = [...entry.asked].find(([, { kind }]) => kind === "importers") ?? [];
    if (key === undefined || entry.doubtful.has(key) || !seemsToImport(text, entry.path)) return;
    entry.doubtful.add(key);
    void this.renew(entry);
  }
  /** Files came or went: what imports mean is open again. */
  modulesChanged(): void {
    for (const entry of this.entries.values()) {
      for (const key of entry.answers.keys()) entry.doubtful.add(key);
      void this.renew(entry);
    }
  }
  settingsChanged(): void {
    for (const entry of this.entries.values()) {
      this.outdate(entry);
      this.host.renewed(entry.path);
    }
  }

  /** Whatever still goes on ends. */
  dispose(): void {
    for (const path of [...this.entries.keys()]) this.forget(path);
  }

  private entryOf(path: string): Entry | undefined {
    if (this.open.file(path) === undefined) return undefined;
    const known = this.entries.get(path);
    if (known !== undefined) return known;
    const entry = entryFor(path);
    this.entries.set(path, entry);
    return entry;
  }
  private outdate(entry: Entry): void {
    entry.generation++;
    if (entry.run?.finished) entry.run = undefined;
  }
  /**
   * Something that the file uses is not what it was. It is analysed again, behind the file that was changed, and only
   * if that says something else is anybody told: an edit renews what used what it changed, and nothing else.
   */
  private async renew(entry: Entry, behind?: string): Promise<void> {
    const { shown } = entry;
    this.outdate(entry);
    const { generation } = entry;
    if (behind !== undefined) await this.of(behind);
    if (generation !== entry.generation || this.entries.get(entry.path) !== entry) return;
    const now = await this.of(entry.path);
    if (now !== undefined && !sameReport(shown, now.analysis)) this.host.renewed(entry.path);
  }
  private forget(path: string): void {
    const entry = this.entries.get(path);
    if (entry === undefined) return;
    entry.generation++;
    this.entries.delete(path);
    this.host.forget(path);
  }

  private start(entry: Entry): Run {
    const result = this.analyse(entry).catch((error: unknown) => {
      this.host.failed(entry.path, error);
      const file = this.open.file(entry.path);
      return file && this.finish(entry, withoutFindings(file));
    });
    return { result, finished: false };
  }

  private async analyse(entry: Entry): Promise<Analysed | undefined> {
    for (;;) {
      // What waits may be the next edit.
      await this.host.breathe();
      const { generation } = entry;
      const file = this.open.file(entry.path);
      if (file === undefined) return undefined;
      const concerned = await this.host.concerns(file);
      if (!concerned && generation === entry.generation) return this.finish(entry, withoutFindings(file));
      const lines = pathLines(file.text);
      if (lines !== entry.pathLines) for (const key of entry.answers.keys()) entry.doubtful.add(key);
      entry.pathLines = lines;
      const settings = concerned && (await this.host.settings(file.path));
      const isCurrent = () => entry.generation === generation;
      const answer = settings ? await this.drive(entry, settings, file, isCurrent) : undefined;
      if (answer === undefined || !isCurrent()) continue;
      const documents = new Map<string, Document>([...entry.documents, [file.path, file]]);
      const analysis = entry.blame.applied(file.text, answer.analysis);
      const analysed = this.finish(entry, { file, analysis, documents, concerned });
      if (analysis.diagnostics.some(isGrave))
        this.settle(entry).catch((error: unknown) => this.host.failed(entry.path, error));
      return analysed;
    }
  }
  /** Searches for what is to blame once the text stands still; if that is not where it was told, it is told anew. */
  private async settle(entry: Entry): Promise<void> {
    const { generation, path } = entry;
    const isCurrent = () => entry.generation === generation && this.entries.get(path) === entry;
    let [analysed, answer]: [Analysed?, Answer?] = [];
    while (analysed === undefined || answer === undefined) {
      await this.host.delay(REST);
      if (!isCurrent()) return;
      // Not before: who types leaves one of these behind at each key, and each would hold an analysis.
      analysed = await entry.run?.result;
      const file = analysed?.file;
      if (file === undefined) return;
      const { questions } = entry;
      answer = await entry.fixes.of(`${generation} unasked ${questions}`, async () => {
        const settings = { ...(await this.host.settings(path)), fixes: true };
        return this.drive(entry, settings, file, () => isCurrent() && entry.questions === questions);
      });
    }
    if (!isCurrent()) return;
    const settled = { ...analysed, analysis: answer.analysis };
    entry.blame.learn(analysed.file.text, answer.analysis);
    entry.run = { result: Promise.resolve(settled), finished: true };
    if (sameReport(entry.shown, answer.analysis)) return;
    this.finish(entry, settled);
    this.host.renewed(path);
  }
  private finish(entry: Entry, analysed: Analysed): Analysed {
    if (entry.run !== undefined) entry.run.finished = true;
    entry.shown = analysed.analysis;
    this.host.analysed(analysed);
    return analysed;
  }

  /** Runs until nothing is missing; undefined if that became obsolete. */
  private async drive(
    entry: Entry,
    settings: Settings,
    { path, text }: OpenFile,
    isCurrent: () => boolean,
  ): Promise<Answer | undefined> {
    const core = await this.host.core();
    const doubtful = [...entry.asked].filter(([key]) => entry.doubtful.delete(key));
    const again = doubtful.filter(([, it]) => it.aside !== true);
    for (const [key, it] of doubtful) if (it.aside === true) this.askAside(entry, key, it);
    if (again.length > 0) await this.fetch(entry, new Map(again));
    for (let round = 0; isCurrent(); round++) {
      const { answers, late } = entry;
      const project = { file: { path, text }, answers, settings };
      const answer = await this.inSlices((pause) => core.analyseInSlices(project, pause), isCurrent);
      if (answer === undefined) return undefined;
      const missing = new Map(answer.missing.map((it) => [missingKey(it), it] as const));
      for (const key of missing.keys()) if (answers.has(key) || late.has(key)) missing.delete(key);
      const aside = [...missing].filter(([key, it]) => it.aside === true && missing.delete(key));
      // Modules first: they are waited for.
      if (missing.size === 0) for (const [key, it] of aside) this.askAside(entry, key, it);
      if (missing.size === 0 || round >= ROUNDS || answers.size >= MODULES) return answer;
      if ((await this.fetch(entry, missing)) === "late") return isCurrent() ? answer : undefined;
    }
    return undefined;
  }

  private inSlices<T>(
    start: (pause: () => boolean) => Generator<void, T>,
    isCurrent: () => boolean,
  ): Promise<T | undefined> {
    const { host } = this;
    return inSlices(start, host.now, async () => {
      await host.breathe();
      return isCurrent();
    });
  }

  /** Where what is asked aside changes something, all is renewed. */
  private askAside(entry: Entry, key: string, missing: Missing): void {
    entry.asked.set(key, missing);
    entry.late.add(key);
    void this.host.resolve(entry.path, missing).then((document) => {
      entry.late.delete(key);
      put(entry, [[key, document]]);
      if (document !== null && this.entries.get(entry.path) === entry) this.renew(entry);
    });
  }

  /** Looks up what is missing. What takes long is put in when it arrives, and the analysis is renewed. */
  private async fetch(entry: Entry, missing: ReadonlyMap<string, Missing>): Promise<"here" | "late"> {
    const { late, asked } = entry;
    for (const [key, it] of missing) asked.set(key, it);
    const found = Promise.all(
      [...missing].map(async ([key, it]) => [key, await this.host.resolve(entry.path, it)] as const),
    );
    let patient = true;
    const arrival = found.then((answers) => {
      for (const key of missing.keys()) late.delete(key);
      put(entry, answers);
      if (!patient && this.entries.get(entry.path) === entry) void this.renew(entry);
    });
    const outcome = await Promise.race([arrival.then(() => "here" as const), this.late()]);
    if (outcome === "late") {
      patient = false;
      for (const key of missing.keys()) late.add(key);
    }
    return outcome;
  }
  private async late(): Promise<"late"> {
    await this.host.delay(PATIENCE);
    return "late";
  }
}

function withoutFindings(file: OpenFile): Analysed {
  const analysis = { path: file.path, models: [], hints: [], diagnostics: [], unknowns: [] };
  return { file, analysis, documents: new Map([[file.path, file]]), concerned: false };
}

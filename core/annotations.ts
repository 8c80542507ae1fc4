import type { Fault } from "./interpreter/record.ts";
import { statementsIn } from "./python/statements.ts";
import type { Module, Statement } from "./python/syntax.ts";
import { type InputAnnotation, inputDirective, readInputAnnotation } from "./rules/inputAnnotation.ts";
import type { TensorType } from "./tensor/type.ts";
import type { Span } from "./text/span.ts";

/** An annotation where it stands. */
export interface Annotated {
  /** Of the directive, from the module's start. */
  readonly span: Span;
  readonly annotation: InputAnnotation;
  /** The statement at whose line's end it stands: one that may make a model, a class or a function. */
  readonly statement: Statement | undefined;
}

/** The annotations of a module's text. `read` may remember what it has read. */
export function annotatedIn(
  text: string,
  module: Module,
  read: (comment: string) => InputAnnotation | undefined = readInputAnnotation,
): readonly Annotated[] {
  return module.comments.flatMap(({ offset, text: comment }) => {
    const directive = inputDirective(comment);
    const annotation = directive && read(comment);
    if (directive === undefined || annotation === undefined) return [];
    const span = { start: offset + directive.start, end: offset + directive.end };
    return [{ span, annotation, statement: statementBefore(text, module, offset) }];
  });
}

/** The statement on the line of a comment, if it begins before it: a simple one, or a class by its header. */
function statementBefore(text: string, module: Module, comment: number): Statement | undefined {
  const lineStart = text.slice(0, comment).search(/[^\r\n]*$/);
  if (text.slice(lineStart, comment).trim() === "") return undefined;
  let found: { readonly statement: Statement; readonly end: number } | undefined;
  for (const { statement, start } of statementsIn(module)) {
    if (start >= comment) break;
    found = { statement, end: start + (statement.span.end - statement.span.start) };
  }
  if (found === undefined || found.end <= lineStart) return undefined;
  return COMPOUND.has(found.statement.kind) ? undefined : found.statement;
}
/** Their lines make nothing: what they hold does. */
const COMPOUND: ReadonlySet<Statement["kind"]> = new Set(["If", "For", "While", "With", "Try", "Match"]);

/** What annotations say, by statement, and whether anyone asked. */
export class SaidInputs {
  private readonly said = new Map<number, readonly TensorType[]>();
  private readonly asked = new Set<number>();

  add(all: readonly Annotated[]): void {
    for (const { statement, annotation } of all) {
      if (statement !== undefined && annotation.problem === undefined) this.said.set(statement.id, annotation.inputs);
    }
  }
  get isEmpty(): boolean {
    return this.said.size === 0;
  }
  readonly at = (statement: number): readonly TensorType[] | undefined => {
    this.asked.add(statement);
    return this.said.get(statement);
  };
  wasAsked(statement: number): boolean {
    return this.asked.has(statement);
  }
}

/**
 * What is wrong with a file's annotations: one that cannot be read, one that stands where no model is made. `isWhole`:
 * all that the file imports has been read, so that what was not made will not be.
 */
export function annotationFaults(
  path: string,
  module: Module,
  all: readonly Annotated[],
  said: SaidInputs,
  isWhole: boolean,
): readonly Fault[] {
  const [anchor] = module.entries;
  if (anchor === undefined) return [];
  return all.flatMap(({ span, annotation, statement }) => {
    const problem = annotation.problem ?? misplaced(statement, said, isWhole);
    if (problem === undefined) return [];
    const relative = { start: span.start - anchor.offset, end: span.end - anchor.offset };
    return [
      {
        code: "input-annotation",
        severity: annotation.problem === undefined && statement !== undefined ? "information" : "warning",
        place: { path, statement: anchor.statement.id, span: relative },
        message: problem,
        related: [],
        repairs: [],
      },
    ];
  });
}

function misplaced(statement: Statement | undefined, said: SaidInputs, isWhole: boolean): string | undefined {
  if (statement === undefined) return "put this at the end of the line that makes the model, or of its class line";
  return said.wasAsked(statement.id) || !isWhole ? undefined : "no model that Inlayer can follow is made on this line";
}

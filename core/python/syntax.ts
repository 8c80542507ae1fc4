import type { Span } from "../text/span.ts";
import type { NamesInText } from "./names.ts";

/**
 * The typed syntax tree. Plain immutable data: no parser object is reachable from it.
 *
 * Every span is relative to the start of the *innermost enclosing statement*, so an unchanged statement keeps its
 * object (and its `id`) when text before it moves. A block says where its statements start, relative to the statement
 * (or the module) that holds the block. A compound statement whose body alone changed is a new object with the old
 * `id`, and the objects of its header expressions and of its untouched inner statements are the old ones.
 */
export interface Node {
  /** Unique in the parser's lifetime; the same as long as the node's own text is untouched. */
  readonly id: number;
  readonly span: Span;
}

export type Literal =
  | { readonly kind: "none" }
  | { readonly kind: "ellipsis" }
  | { readonly kind: "bool"; readonly value: boolean }
  | { readonly kind: "int"; readonly value: number | bigint }
  | { readonly kind: "float"; readonly value: number }
  | { readonly kind: "complex" }
  | { readonly kind: "str"; readonly value: string }
  | { readonly kind: "bytes"; readonly value: string };

export interface Constant extends Node {
  readonly kind: "Constant";
  readonly value: Literal;
}
export interface Name extends Node {
  readonly kind: "Name";
  readonly name: string;
}
/**
 * Text and holes in order; a hole keeps its format specification as text (`:>3` is `>3`) and its conversion (`!r` is
 * `r`).
 */
export interface FString extends Node {
  readonly kind: "FString";
  readonly parts: readonly (
    | string
    | { readonly value: Expression; readonly format: string; readonly conversion: string }
  )[];
}
export interface Attribute extends Node {
  readonly kind: "Attribute";
  readonly object: Expression;
  readonly name: string;
  readonly nameSpan: Span;
}
export interface Subscript extends Node {
  readonly kind: "Subscript";
  readonly object: Expression;
  /** `x[a, b]` is one Tuple, as in Python. */
  readonly index: Expression;
}
export interface Slice extends Node {
  readonly kind: "Slice";
  readonly lower: Expression | undefined;
  readonly upper: Expression | undefined;
  readonly step: Expression | undefined;
}
export interface Argument {
  /** `f(a)` positional, `f(k=a)` keyword, `f(*a)` star, `f(**a)` stars. */
  readonly kind: "positional" | "keyword" | "star" | "stars";
  readonly name: string | undefined;
  readonly nameSpan: Span | undefined;
  readonly value: Expression;
  /** The whole argument, name included. */
  readonly span: Span;
}
export interface Call extends Node {
  readonly kind: "Call";
  readonly callee: Expression;
  readonly args: readonly Argument[];
  /** The parentheses and all between them. */
  readonly argsSpan: Span;
}
export interface Unary extends Node {
  readonly kind: "Unary";
  readonly op: "-" | "+" | "~" | "not";
  readonly operand: Expression;
}
export type BinaryOp = "+" | "-" | "*" | "/" | "//" | "%" | "**" | "@" | "&" | "|" | "^" | "<<" | ">>";
export interface Binary extends Node {
  readonly kind: "Binary";
  readonly op: BinaryOp;
  readonly left: Expression;
  readonly right: Expression;
}
/** `a and b and c` has three values. */
export interface BoolOp extends Node {
  readonly kind: "BoolOp";
  readonly op: "and" | "or";
  readonly values: readonly Expression[];
}
export type CompareOp = "==" | "!=" | "<" | "<=" | ">" | ">=" | "in" | "not in" | "is" | "is not";
export interface Compare extends Node {
  readonly kind: "Compare";
  readonly left: Expression;
  readonly rest: readonly { readonly op: CompareOp; readonly value: Expression }[];
}
export interface Conditional extends Node {
  readonly kind: "Conditional";
  readonly test: Expression;
  readonly then: Expression;
  readonly otherwise: Expression;
}
export interface Lambda extends Node {
  readonly kind: "Lambda";
  readonly params: readonly Parameter[];
  readonly body: Expression;
}
export interface Sequence extends Node {
  readonly kind: "Tuple" | "List" | "Set";
  readonly items: readonly Expression[];
}
export interface Dict extends Node {
  readonly kind: "Dict";
  /** `**d` has no key. */
  readonly entries: readonly { readonly key: Expression | undefined; readonly value: Expression }[];
}
export interface Comprehension extends Node {
  readonly kind: "Comprehension";
  readonly result: "list" | "set" | "dict" | "generator";
  /** The element, or a dictionary's key. */
  readonly element: Expression;
  /** A dictionary's value. */
  readonly value: Expression | undefined;
  readonly clauses: readonly ComprehensionClause[];
}
export type ComprehensionClause =
  | { readonly kind: "for"; readonly target: Expression; readonly iterable: Expression; readonly isAsync: boolean }
  | { readonly kind: "if"; readonly test: Expression };
export interface Starred extends Node {
  readonly kind: "Starred";
  readonly value: Expression;
}
export interface Walrus extends Node {
  readonly kind: "Walrus";
  readonly name: string;
  readonly value: Expression;
}
export interface Await extends Node {
  readonly kind: "Await";
  readonly value: Expression;
}
export interface Yield extends Node {
  readonly kind: "Yield";
  readonly value: Expression | undefined;
  readonly from: boolean;
}
/** What could not be read as an expression; `names` occur in it. Its value is unknown. */
export interface BrokenExpression extends Node {
  readonly kind: "BrokenExpression";
  readonly names: readonly string[];
  readonly reason: string;
}
export type Expression =
  | Constant
  | Name
  | FString
  | Attribute
  | Subscript
  | Slice
  | Call
  | Unary
  | Binary
  | BoolOp
  | Compare
  | Conditional
  | Lambda
  | Sequence
  | Dict
  | Comprehension
  | Starred
  | Walrus
  | Await
  | Yield
  | BrokenExpression;

export interface Parameter {
  readonly name: string;
  readonly span: Span;
  readonly kind: "positionalOnly" | "positional" | "varArgs" | "keywordOnly" | "varKeywords";
  readonly annotation: Expression | undefined;
  readonly initial: Expression | undefined;
}

/** Statements in order; `offset` is relative to the statement that holds the block, or to the module's start. */
export interface Block {
  readonly entries: readonly { readonly offset: number; readonly statement: Statement }[];
}
export interface Module extends Block {
  /** `# …` comments in order, offsets from the module's start, `#` included in the text. */
  readonly comments: readonly { readonly offset: number; readonly text: string }[];
}

export interface ExpressionStatement extends Node {
  readonly kind: "ExpressionStatement";
  readonly value: Expression;
}
/** `a = b = value` has two targets. */
export interface Assign extends Node {
  readonly kind: "Assign";
  readonly targets: readonly Expression[];
  readonly value: Expression;
}
export interface AugmentedAssign extends Node {
  readonly kind: "AugmentedAssign";
  readonly target: Expression;
  readonly op: BinaryOp;
  readonly value: Expression;
}
export interface AnnotatedAssign extends Node {
  readonly kind: "AnnotatedAssign";
  readonly target: Expression;
  readonly annotation: Expression;
  readonly value: Expression | undefined;
}
export interface Return extends Node {
  readonly kind: "Return";
  readonly value: Expression | undefined;
}
export interface Delete extends Node {
  readonly kind: "Delete";
  readonly targets: readonly Expression[];
}
/** `pass`, `break`, `continue`, and `type X = …`, whose value nobody needs. */
export interface Simple extends Node {
  readonly kind: "Pass" | "Break" | "Continue";
}
export interface Raise extends Node {
  readonly kind: "Raise";
  readonly value: Expression | undefined;
}
export interface ScopeDeclaration extends Node {
  readonly kind: "Global" | "Nonlocal";
  readonly names: readonly string[];
}
export interface ImportedName {
  readonly name: string;
  readonly alias: string | undefined;
  readonly span: Span;
}
export interface Import extends Node {
  readonly kind: "Import";
  /** Dotted names. */
  readonly names: readonly ImportedName[];
}
export interface ImportFrom extends Node {
  readonly kind: "ImportFrom";
  /** As written, leading dots included: `..blocks`. */
  readonly module: string;
  /** A star import is the one name `*`. */
  readonly names: readonly ImportedName[];
}
export interface Assert extends Node {
  readonly kind: "Assert";
  readonly test: Expression;
}
/** `elif` is an If as the only statement of `otherwise`. */
export interface If extends Node {
  readonly kind: "If";
  readonly test: Expression;
  readonly body: Block;
  readonly otherwise: Block | undefined;
}
export interface For extends Node {
  readonly kind: "For";
  readonly target: Expression;
  readonly iterable: Expression;
  readonly body: Block;
  readonly otherwise: Block | undefined;
}
export interface While extends Node {
  readonly kind: "While";
  readonly test: Expression;
  readonly body: Block;
  readonly otherwise: Block | undefined;
}
export interface With extends Node {
  readonly kind: "With";
  readonly items: readonly { readonly value: Expression; readonly target: Expression | undefined }[];
  readonly body: Block;
}
export interface Handler {
  readonly type: Expression | undefined;
  readonly name: string | undefined;
  readonly body: Block;
}
export interface Try extends Node {
  readonly kind: "Try";
  readonly body: Block;
  readonly handlers: readonly Handler[];
  readonly otherwise: Block | undefined;
  readonly finally: Block | undefined;
}
export type Pattern =
  | { readonly kind: "value"; readonly value: Expression }
  | { readonly kind: "capture"; readonly name: string | undefined }
  | { readonly kind: "as"; readonly pattern: Pattern; readonly name: string }
  | { readonly kind: "or"; readonly patterns: readonly Pattern[] }
  | { readonly kind: "sequence"; readonly patterns: readonly Pattern[] }
  | { readonly kind: "star"; readonly name: string | undefined }
  | {
      readonly kind: "mapping";
      readonly entries: readonly { readonly key: Expression; readonly pattern: Pattern }[];
      readonly rest: string | undefined;
    }
  | {
      readonly kind: "class";
      readonly type: Expression;
      readonly positional: readonly Pattern[];
      readonly keywords: readonly { readonly name: string; readonly pattern: Pattern }[];
    };
export interface Match extends Node {
  readonly kind: "Match";
  readonly subject: Expression;
  readonly cases: readonly {
    readonly pattern: Pattern;
    readonly guard: Expression | undefined;
    readonly body: Block;
  }[];
}
export interface FunctionDef extends Node {
  readonly kind: "FunctionDef";
  readonly name: string;
  readonly nameSpan: Span;
  readonly decorators: readonly Expression[];
  readonly params: readonly Parameter[];
  readonly returns: Expression | undefined;
  readonly isAsync: boolean;
  readonly body: Block;
}
export interface ClassDef extends Node {
  readonly kind: "ClassDef";
  readonly name: string;
  readonly nameSpan: Span;
  readonly decorators: readonly Expression[];
  readonly bases: readonly Argument[];
  readonly body: Block;
}
/**
 * A statement that could not be read. `names` are the variables that occur in it: each may have been mutated there.
 * Those that may have been bound as well are in `binds`: `x = Dense(` has both names, and binds `x` alone.
 */
export interface BrokenStatement extends Node {
  readonly kind: "BrokenStatement";
  readonly names: readonly string[];
  readonly binds: readonly string[];
  readonly uses: NamesInText["uses"];
  readonly leaves: NamesInText["leaves"];
  readonly reason: string;
}
export type Statement =
  | ExpressionStatement
  | Assign
  | AugmentedAssign
  | AnnotatedAssign
  | Return
  | Delete
  | Simple
  | Raise
  | ScopeDeclaration
  | Import
  | ImportFrom
  | Assert
  | If
  | For
  | While
  | With
  | Try
  | Match
  | FunctionDef
  | ClassDef
  | BrokenStatement;

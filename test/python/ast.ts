import type { Argument, Block, Expression, Literal, Parameter, Pattern, Statement } from "../../core/python/syntax.ts";
import type { Span } from "../../core/text/span.ts";

/** Plain lists; what record_ast.py says of the form. */
export type Printed = string | number | boolean | null | readonly Printed[];

/** The statements of a block that is held by something at `base`. */
export function printBlock(block: Block, base: number): Printed {
  return block.entries.map(({ offset, statement }) => new Printer(base + offset).statement(statement));
}

class Printer {
  private readonly base: number;
  private inFString = 0;

  constructor(base: number) {
    this.base = base;
  }

  private span({ start, end }: Span): Printed {
    return this.inFString > 0 ? [] : [this.base + start, this.base + end];
  }

  private maybe(expression: Expression | undefined): Printed {
    return expression ? this.expression(expression) : null;
  }

  private all(expressions: readonly Expression[]): Printed {
    return expressions.map((expression) => this.expression(expression));
  }

  private block(block: Block | undefined): Printed {
    return block ? printBlock(block, this.base) : null;
  }

  private parameters(params: readonly Parameter[]): Printed {
    return params.map((param) => [param.name, param.kind, this.maybe(param.annotation), this.maybe(param.initial)]);
  }

  private arguments(args: readonly Argument[]): Printed {
    return args.map((arg) => {
      const value = this.expression(arg.value);
      return arg.kind === "keyword" ? [arg.kind, arg.name ?? null, value] : [arg.kind, value];
    });
  }

  expression(node: Expression): Printed {
    const [kind, ...parts] = this.parts(node);
    return [kind ?? null, this.span(node.span), ...parts];
  }

  private parts(node: Expression): Printed[] {
    switch (node.kind) {
      case "Constant":
        return [node.kind, literal(node.value)];
      case "Name":
        return [node.kind, node.name];
      case "Attribute":
        return [node.kind, this.expression(node.object), node.name];
      case "Subscript":
        return [node.kind, this.expression(node.object), this.expression(node.index)];
      case "Slice":
        return [node.kind, this.maybe(node.lower), this.maybe(node.upper), this.maybe(node.step)];
      case "Call":
        return [node.kind, this.expression(node.callee), this.arguments(node.args)];
      case "Unary":
        return [node.kind, node.op, this.expression(node.operand)];
      case "Binary":
        return [node.kind, node.op, this.expression(node.left), this.expression(node.right)];
      case "BoolOp":
        return [node.kind, node.op, this.all(node.values)];
      case "Compare":
        return [node.kind, this.expression(node.left), node.rest.map(({ op, value }) => [op, this.expression(value)])];
      case "Conditional":
        return [node.kind, ...[node.test, node.then, node.otherwise].map((part) => this.expression(part))];
      default:
        return this.otherParts(node);
    }
  }

  private otherParts(node: Expression): Printed[] {
    switch (node.kind) {
      case "Lambda":
        return [node.kind, this.parameters(node.params), this.expression(node.body)];
      case "Tuple":
      case "List":
      case "Set":
        return [node.kind, this.all(node.items)];
      case "Dict":
        return [node.kind, node.entries.map(({ key, value }) => [this.maybe(key), this.expression(value)])];
      case "Comprehension":
        return [node.kind, node.result, this.expression(node.element), this.maybe(node.value), this.clauses(node)];
      case "Starred":
      case "Await":
        return [node.kind, this.expression(node.value)];
      case "Walrus":
        return [node.kind, node.name, this.expression(node.value)];
      case "Yield":
        return [node.kind, this.maybe(node.value), node.from];
      case "FString":
        return [node.kind, this.holes(node)];
      default:
        return [node.kind, "reason" in node ? node.reason : null];
    }
  }

  private clauses(node: Extract<Expression, { kind: "Comprehension" }>): Printed {
    return node.clauses.map((clause) => {
      if (clause.kind === "if") return ["if", this.expression(clause.test)];
      return ["for", this.expression(clause.target), this.expression(clause.iterable), clause.isAsync];
    });
  }

  private holes(node: Extract<Expression, { kind: "FString" }>): Printed {
    this.inFString++;
    const parts = node.parts.map((part) =>
      typeof part === "string" ? part : [this.expression(part.value), part.conversion],
    );
    this.inFString--;
    return parts;
  }

  private pattern(pattern: Pattern): Printed {
    const all = (patterns: readonly Pattern[]) => patterns.map((one) => this.pattern(one));
    switch (pattern.kind) {
      case "value":
        return [pattern.kind, this.expression(pattern.value)];
      case "capture":
      case "star":
        return [pattern.kind, pattern.name ?? null];
      case "as":
        return [pattern.kind, this.pattern(pattern.pattern), pattern.name];
      case "or":
      case "sequence":
        return [pattern.kind, all(pattern.patterns)];
      case "mapping": {
        const entries = pattern.entries.map((entry) => [this.expression(entry.key), this.pattern(entry.pattern)]);
        return [pattern.kind, entries, pattern.rest ?? null];
      }
      case "class": {
        const keywords = pattern.keywords.map((keyword) => [keyword.name, this.pattern(keyword.pattern)]);
        return [pattern.kind, this.expression(pattern.type), all(pattern.positional), keywords];
      }
    }
  }

  statement(node: Statement): Printed {
    const [kind, ...parts] = this.simple(node) ?? this.compound(node);
    return [kind ?? null, this.span(node.span), ...parts];
  }

  private simple(node: Statement): Printed[] | undefined {
    switch (node.kind) {
      case "ExpressionStatement":
        return [node.kind, this.expression(node.value)];
      case "Return":
      case "Raise":
        return [node.kind, this.maybe(node.value)];
      case "Assign":
        return [node.kind, this.all(node.targets), this.expression(node.value)];
      case "AugmentedAssign":
        return [node.kind, this.expression(node.target), node.op, this.expression(node.value)];
      case "AnnotatedAssign":
        return [node.kind, this.expression(node.target), this.expression(node.annotation), this.maybe(node.value)];
      case "Delete":
        return [node.kind, this.all(node.targets)];
      case "Global":
      case "Nonlocal":
        return [node.kind, node.names];
      case "Import":
        return [node.kind, node.names.map(({ name, alias }) => [name, alias ?? null])];
      case "ImportFrom":
        return [node.kind, node.module, node.names.map(({ name, alias }) => [name, alias ?? null])];
      case "Assert":
        return [node.kind, this.expression(node.test)];
      default:
        return undefined;
    }
  }

  private compound(node: Statement): Printed[] {
    switch (node.kind) {
      case "If":
      case "While":
        return [node.kind, this.expression(node.test), this.block(node.body), this.block(node.otherwise)];
      case "For": {
        const heads = [this.expression(node.target), this.expression(node.iterable)];
        return [node.kind, ...heads, this.block(node.body), this.block(node.otherwise)];
      }
      case "With": {
        const items = node.items.map((item) => [this.expression(item.value), this.maybe(item.target)]);
        return [node.kind, items, this.block(node.body)];
      }
      case "Try": {
        const handlers = node.handlers.map((one) => [this.maybe(one.type), one.name ?? null, this.block(one.body)]);
        return [node.kind, this.block(node.body), handlers, this.block(node.otherwise), this.block(node.finally)];
      }
      case "Match": {
        const cases = node.cases.map((one) => [this.pattern(one.pattern), this.maybe(one.guard), this.block(one.body)]);
        return [node.kind, this.expression(node.subject), cases];
      }
      case "FunctionDef": {
        const heads = [this.all(node.decorators), this.parameters(node.params), this.maybe(node.returns)];
        return [node.kind, node.name, ...heads, node.isAsync, this.block(node.body)];
      }
      case "ClassDef":
        return [node.kind, node.name, this.all(node.decorators), this.arguments(node.bases), this.block(node.body)];
      default:
        return "reason" in node ? [node.kind, node.reason] : [node.kind];
    }
  }
}

function literal(value: Literal): Printed {
  switch (value.kind) {
    case "none":
    case "ellipsis":
    case "complex":
      return value.kind;
    case "int":
      return [value.kind, `0x${value.value.toString(16)}`];
    default:
      return [value.kind, value.value];
  }
}

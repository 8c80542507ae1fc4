import { field, namedChildren, type RawNode } from "../raw.ts";
import type { Parameter } from "../syntax.ts";
import { type Context, spanOf } from "./context.ts";
import { lowerOptional, nameOf } from "./expression.ts";
import { lowerAnnotation } from "./type.ts";

type Kind = Parameter["kind"];

/**
 * A function's or a lambda's parameters. `/` makes those before it positional-only, `*` those after it keyword-only.
 */
export function lowerParameters(cx: Context, node: RawNode): Parameter[] {
  const params: Parameter[] = [];
  let plain: Kind = "positional";
  for (const child of namedChildren(node)) {
    if (child.type === "positional_separator") {
      for (const [index, param] of params.entries()) params[index] = { ...param, kind: "positionalOnly" };
    } else if (child.type === "keyword_separator") plain = "keywordOnly";
    else {
      const param = lowerParameter(cx, child, plain);
      if (param.kind === "varArgs") plain = "keywordOnly";
      params.push(param);
    }
  }
  checkOrder(cx, params);
  return params;
}

function lowerParameter(cx: Context, node: RawNode, plain: Kind): Parameter {
  const span = spanOf(cx, node);
  switch (node.type) {
    case "identifier":
      return { name: nameOf(cx, node), span, kind: plain, annotation: undefined, initial: undefined };
    case "default_parameter":
    case "typed_default_parameter": {
      const name = field(node, "name");
      if (name?.type !== "identifier") cx.fault ??= "parameter must be a name";
      const annotation = lowerAnnotation(cx, node, "type");
      return {
        name: name ? nameOf(cx, name) : "",
        span,
        kind: plain,
        annotation,
        initial: lowerOptional(cx, node, "value"),
      };
    }
    case "typed_parameter": {
      const inner = namedChildren(node)[0] ?? node;
      const param = lowerParameter(cx, inner === node ? { ...node, type: "" } : inner, plain);
      return { ...param, span, annotation: lowerAnnotation(cx, node, "type") };
    }
    case "list_splat_pattern":
    case "dictionary_splat_pattern": {
      const [name] = namedChildren(node);
      if (name?.type !== "identifier") cx.fault ??= "parameter must be a name";
      const kind = node.type === "list_splat_pattern" ? "varArgs" : "varKeywords";
      return { name: name ? nameOf(cx, name) : "", span, kind, annotation: undefined, initial: undefined };
    }
    default:
      cx.fault ??= "parameter must be a name";
      return { name: "", span, kind: plain, annotation: undefined, initial: undefined };
  }
}

/** What the grammar lets pass and Python does not. */
function checkOrder(cx: Context, params: readonly Parameter[]): void {
  const names = new Set(params.map((param) => param.name));
  if (names.size < params.length) cx.fault ??= "duplicate argument in function definition";
  let defaults = false;
  for (const param of params) {
    if (param.kind !== "positional" && param.kind !== "positionalOnly") continue;
    if (defaults && !param.initial) cx.fault ??= "parameter without a default follows parameter with a default";
    defaults ||= param.initial !== undefined;
  }
  const keywords = params.findIndex((param) => param.kind === "varKeywords");
  if (keywords >= 0 && keywords < params.length - 1) cx.fault ??= "arguments cannot follow var-keyword argument";
}

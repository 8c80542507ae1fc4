import type { Diagnostic } from "./analysis.ts";
import { type Span, touches } from "./text/span.ts";

/** The finding where its cause is, in the same file; the place where it comes to light is beside it. */
export function blamedAt(diagnostic: Diagnostic, path: string, cause: Span): Diagnostic {
  const { span: crash, related } = diagnostic;
  const others = related.filter(({ location }) => location.path !== path || !touches(location.span, cause));
  return {
    ...diagnostic,
    span: cause,
    crash,
    related: [{ location: { path, span: crash }, message: "it comes to light here" }, ...others],
  };
}

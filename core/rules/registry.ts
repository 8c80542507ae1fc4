import type { Severity } from "../analysis.ts";

/** What is known of a rule without running it; its page is docs/rules/<code>.md. */
export interface RuleInfo {
  /** Kebab-case, as it is printed and silenced. */
  readonly code: string;
  /** The gravest severity at which it is said. */
  readonly severity: Severity;
  /** One sentence: what is wrong. */
  readonly summary: string;
}

/** Severities that a user has set: by code, `off` for none. */
export type Severities = Readonly<Record<string, Severity | "off">>;

/** The gravest first. */
export const SEVERITIES: readonly Severity[] = ["error", "warning", "information", "hint"];

export const isAtLeast = (severity: Severity, lowest: Severity): boolean =>
  SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(lowest);

/**
 * The severity at which a fault is said, or undefined for not at all. What a user sets holds for all of a code's
 * faults; below the lowest that is told there are none.
 */
export function severityOf(
  code: string,
  severity: Severity,
  set: Severities | undefined,
  lowest: Severity = "hint",
): Severity | undefined {
  const chosen = set?.[code] ?? severity;
  return chosen === "off" || !isAtLeast(chosen, lowest) ? undefined : chosen;
}

/** What a person should act on. */
export const isGrave = ({ severity }: { readonly severity: Severity }): boolean =>
  severity === "error" || severity === "warning";

/** Rules that belong to the language rather than to a framework. */
export const LANGUAGE_RULES: readonly RuleInfo[] = [
  { code: "input-annotation", severity: "warning", summary: "A comment on a model's input that cannot be followed." },
  { code: "none-size", severity: "error", summary: "Python needs a number where an axis of any size gives None." },
];

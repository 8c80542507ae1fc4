import type { Settings } from "../../core/index.ts";
import { isRecord } from "../workspace/plainData.ts";
import { type Configuration, DEFAULT_CONFIGURATION } from "./messages.ts";

const KERAS = ["auto", "2", "3"] as const;
const KINDS = ["layer", "tensor", "model", "data"] as const;
const SEVERITIES = ["error", "warning", "information", "hint", "off"] as const;

const oneOf = <T extends string>(choices: readonly T[], value: unknown, otherwise: T): T =>
  choices.find((it) => it === String(value)) ?? otherwise;
const flag = (value: unknown, otherwise: boolean): boolean => (typeof value === "boolean" ? value : otherwise);
/** A hint that is shorter says nothing. */
const SHORTEST = 20;
const count = (value: unknown, otherwise: number): number =>
  typeof value === "number" && Number.isInteger(value) && value > 0 ? value : otherwise;

/** What was set over what holds without it. People write settings by hand: what makes no sense is as if not set. */
export function configured(base: Configuration, set: unknown): Configuration {
  if (!isRecord(set)) return base;
  const hints = isRecord(set["hints"]) ? set["hints"] : {};
  const keras = isRecord(set["keras"]) ? set["keras"] : {};
  const lens = isRecord(set["codeLens"]) ? set["codeLens"] : {};
  const { kinds } = base.hints;
  return {
    keras: { version: oneOf(KERAS, keras["version"], base.keras.version) },
    python: typeof set["python"] === "string" ? set["python"].trim() : base.python,
    hints: {
      enabled: flag(hints["enabled"], base.hints.enabled),
      kinds: Array.isArray(hints["kinds"]) ? KINDS.filter((it) => (hints["kinds"] as unknown[]).includes(it)) : kinds,
      params: flag(hints["params"], base.hints.params),
      dtype: flag(hints["dtype"], base.hints.dtype),
      batchAxis: flag(hints["batchAxis"], base.hints.batchAxis),
      length: Math.max(SHORTEST, count(hints["length"], base.hints.length)),
    },
    codeLens: { enabled: flag(lens["enabled"], base.codeLens.enabled) },
    batchSize: count(set["batchSize"], base.batchSize),
    rules: isRecord(set["rules"]) ? rulesOf(set["rules"]) : base.rules,
  };
}

function rulesOf(set: Readonly<Record<string, unknown>>): Configuration["rules"] {
  const rules: Record<string, (typeof SEVERITIES)[number]> = {};
  for (const [code, value] of Object.entries(set)) {
    const severity = SEVERITIES.find((it) => it === value);
    if (severity !== undefined) rules[code] = severity;
  }
  return rules;
}

/** `initializationOptions` hold the section `inlayer`; some editors send what is in it. */
export const initialConfiguration = (options: object): Configuration =>
  configured(DEFAULT_CONFIGURATION, "inlayer" in options ? options.inlayer : options);

const VERSIONS = { auto: "auto", 2: 2, 3: 3 } as const;
/** What core wants to know. Fixes cost an analysis each, and are asked for where they are wanted. */
export const settingsOf = ({ keras, rules }: Configuration): Settings => ({
  keras: VERSIONS[keras.version],
  severities: rules,
  fixes: false,
  facts: true,
});

import { parse, TomlError } from "smol-toml";
import { type KerasVersion, RULE_CODES, SEVERITIES, type Severity } from "../../core/index.ts";
import { isRecord } from "./plainData.ts";

/** What `[tool.inlayer]` in a pyproject.toml says; docs/ci.md lists its keys. */
export interface ProjectTable {
  readonly keras?: KerasVersion;
  readonly rules?: Readonly<Record<string, Severity | "off">>;
  /** The lowest severity that is told. */
  readonly severity?: Severity;
  /** The lowest severity at which a check fails. */
  readonly failOn?: Severity;
  /** Patterns as in a `.gitignore`, from the file's folder. */
  readonly exclude?: readonly string[];
  /** A path from the file's folder. */
  readonly baseline?: string;
}
export interface ReadTable {
  readonly table: ProjectTable;
  /** What is wrong with it, each a sentence that names the key. What is right holds all the same. */
  readonly problems: readonly string[];
}

type Read<T> = (value: unknown) => T | undefined;
interface Key<T> {
  readonly name: string;
  readonly form: string;
  readonly read: Read<T>;
}

const oneOf =
  <T extends string>(choices: readonly T[]): Read<T> =>
  (value) =>
    choices.find((it) => it === value);
const KERAS: readonly (readonly [unknown, KerasVersion])[] = [
  ["auto", "auto"],
  [2, 2],
  [3, 3],
  ["2", 2],
  ["3", 3],
];
const words: Read<readonly string[]> = (value) =>
  Array.isArray(value) && value.every((it) => typeof it === "string") ? value : undefined;

const LEVEL = { form: SEVERITIES.map((it) => `"${it}"`).join(", "), read: oneOf(SEVERITIES) };
const LEVELS = [...SEVERITIES, "off"] as const;
const KEYS = {
  keras: {
    name: "keras",
    form: '"auto", 2 or 3',
    read: (value) => KERAS.find(([written]) => written === value)?.[1],
  },
  severity: { name: "severity", ...LEVEL },
  failOn: { name: "fail-on", ...LEVEL },
  exclude: { name: "exclude", form: "a list of patterns", read: words },
  baseline: {
    name: "baseline",
    form: "a path",
    read: (value) => (typeof value === "string" && value !== "" ? value : undefined),
  },
} as const satisfies { [K in Exclude<keyof ProjectTable, "rules">]: Key<NonNullable<ProjectTable[K]>> };
const NAMES = [...Object.values(KEYS).map(({ name }) => name), "rules"];

const shown = (value: unknown): string => JSON.stringify(value) ?? String(value);

/** The table in a pyproject.toml; undefined where it has none, which is the rule. Never throws. */
export function readTable(toml: string): ReadTable | undefined {
  // Nobody's other tables are our business, nor what is wrong with them.
  if (!/\binlayer\b/.test(toml)) return undefined;
  let file: unknown;
  try {
    file = parse(toml);
  } catch (error) {
    return { table: {}, problems: [syntaxOf(error)] };
  }
  const tool = isRecord(file) ? file["tool"] : undefined;
  const table = isRecord(tool) ? tool["inlayer"] : undefined;
  if (table === undefined) return undefined;
  if (!isRecord(table)) return { table: {}, problems: [`tool.inlayer is a table, not ${shown(table)}`] };
  return tableOf(table);
}

function syntaxOf(error: unknown): string {
  if (!(error instanceof TomlError)) return "it is not TOML";
  const [what = ""] = error.message.replace("Invalid TOML document: ", "").split("\n");
  return `line ${error.line}, column ${error.column}: it is not TOML: ${what}`;
}

function tableOf(set: Readonly<Record<string, unknown>>): ReadTable {
  const problems: string[] = Object.keys(set)
    .filter((name) => !NAMES.includes(name))
    .map((name) => `[tool.inlayer] has no key '${name}'; there is ${NAMES.join(", ")}`);
  const table: Record<string, unknown> = {};
  for (const [property, { name, form, read }] of Object.entries<Key<unknown>>(KEYS)) {
    const value = set[name];
    if (value === undefined) continue;
    const meant = read(value);
    if (meant === undefined) problems.push(`[tool.inlayer] ${name} is ${form}, not ${shown(value)}`);
    else table[property] = meant;
  }
  const rules = rulesIn(set["rules"], problems);
  return { table: { ...table, ...(rules && { rules }) }, problems };
}

function rulesIn(set: unknown, problems: string[]): ProjectTable["rules"] {
  if (set === undefined) return undefined;
  if (!isRecord(set)) {
    problems.push(`[tool.inlayer] rules is a table, not ${shown(set)}`);
    return undefined;
  }
  const rules: Record<string, Severity | "off"> = {};
  for (const [code, value] of Object.entries(set)) {
    const level = LEVELS.find((it) => it === value);
    if (!RULE_CODES.has(code))
      problems.push(`[tool.inlayer.rules] there is no rule '${code}'; docs/rules has a page of each`);
    else if (level === undefined)
      problems.push(`[tool.inlayer.rules] ${code} is ${LEVEL.form} or "off", not ${shown(value)}`);
    else rules[code] = level;
  }
  return rules;
}

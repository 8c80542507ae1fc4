import { type ParseArgsConfig, parseArgs } from "node:util";
import { type KerasVersion, RULE_CODES, SEVERITIES, type Settings, type Severity } from "../../core/index.ts";
import { TIME_LIMIT } from "../verify/limit.ts";
import type { ColourChoice } from "./palette.ts";

const CHECK_FORMATS = ["text", "concise", "json", "sarif", "github", "junit"] as const;
export type CheckFormat = (typeof CHECK_FORMATS)[number];

export interface CheckOptions {
  readonly command: "check";
  readonly paths: readonly string[];
  readonly format: CheckFormat;
  readonly rules: NonNullable<Settings["severities"]>;
  /** Undefined where it is not said, as the next ones: then the project's own settings count. */
  readonly keras: KerasVersion | undefined;
  /** The lowest severity that is told. */
  readonly severity: Severity | undefined;
  /** The lowest severity that makes the check fail. */
  readonly failOn: Severity | undefined;
  readonly baseline: string | undefined;
  readonly writeBaseline: boolean;
  readonly forceExclude: boolean;
  readonly workers: number | undefined;
  readonly root: string | undefined;
  readonly python: string | undefined;
  readonly color: ColourChoice;
}
export interface SummaryOptions extends TargetOptions {
  readonly command: "summary";
  readonly lineLength: number | undefined;
  readonly expandNested: boolean;
  readonly showTrainable: boolean;
  /** Columns of multiply–accumulates and of memory. */
  readonly macs: boolean;
  readonly format: "text" | "markdown";
}
interface TargetOptions {
  /** `FILE` or `FILE:MODEL`. */
  readonly target: string;
  readonly keras: KerasVersion | undefined;
  readonly root: string | undefined;
  readonly python: string | undefined;
  readonly color: ColourChoice;
}
export interface ForwardOptions extends TargetOptions {
  readonly command: "forward";
  readonly format: "text" | "json";
  /** Undefined where it is not said. */
  readonly batch: number | undefined;
  readonly seed: number;
  /** An `.npy`, `.npz` or `.csv` with the input's numbers, or a picture. */
  readonly input: string | undefined;
  /** The `.npy` or `.npz` that what the model gives is written to. */
  readonly output: string | undefined;
  /** A `.weights.h5`, `.keras` or older `.h5` with the weights. */
  readonly weights: string | undefined;
  /** As Keras's own `skip_mismatch`: what does not match is drawn. */
  readonly skipMismatch: boolean;
}
export interface ExportOptions extends TargetOptions {
  readonly command: "export";
  readonly seed: number;
  /** The samples that the model then takes; any number where it is not said. */
  readonly batch: number | undefined;
  /** Of axes that the program leaves open. */
  readonly length: number | undefined;
  readonly output: string;
  readonly weights: string | undefined;
  readonly skipMismatch: boolean;
}
export interface VerifyOptions extends Omit<TargetOptions, "target"> {
  readonly command: "verify";
  readonly file: string;
  /** How long the program may run. */
  readonly seconds: number;
}
export type Options =
  | CheckOptions
  | SummaryOptions
  | ForwardOptions
  | ExportOptions
  | VerifyOptions
  | { readonly command: "lsp" }
  | { readonly command: "help" | "version" }
  | { readonly command: "misuse"; readonly message: string };

export const HELP = `Shapes, costs and mistakes of Keras models, without running anything.

Usage
  inlayer check PATH…              read files, notebooks and folders: shapes, and what is wrong
  inlayer summary FILE[:MODEL]     what model.summary() would print
  inlayer forward FILE[:MODEL]     run the model on random numbers, beside what was predicted
  inlayer export FILE[:MODEL] -o OUT.onnx
                                   write the model as ONNX, with its weights
  inlayer verify FILE              run the file in the project's Python, and hold every hint to what Keras makes
  inlayer lsp --stdio              the language server

Options of check, summary, forward, export and verify
  --keras auto|2|3                 the version of Keras that the code is for (auto)
  --root DIR                       where imports start; else the nearest pyproject.toml or .git above the file
  --python PATH                    the interpreter whose environment is read, and not run; else .venv and the like
  --color auto|always|never        colours (auto: on a terminal; NO_COLOR and FORCE_COLOR are respected)

Options of check
  --format text|concise|json|sarif|github|junit
                                   text: the source with its hints; concise: a line for each diagnostic; json: see
                                   docs/json.md; others: see docs/ci.md
  --rule CODE=SEVERITY             how grave a rule is: error, warning, information, hint or off; may be repeated
  --severity SEVERITY              the lowest severity that is told (hint)
  --fail-on SEVERITY               the lowest severity, of what is told, that makes the exit code 1 (error)
  --baseline FILE                  what is in this file is known, and not told
  --write-baseline                 write what is found now to the baseline's file instead of telling it
  --force-exclude                  leave out what the project excludes also where it is named itself
  --workers N                      files that are read at the same time (by the processor, up to 8)

Options of forward
  --batch N                        samples, where the input does not say how many (2, or all that --input has)
  --seed S                         of the weights and the input (0)
  --input X.npy                    the input's numbers, also .npz (arrays by the inputs' names), .csv, .png, .jpg;
                                   or an array of the program, by its variable: x_train, or a,b for two inputs
  --output Y.npy                   where to write what the model gives; several tensors into a .npz
  --weights W                      the weights, out of a .weights.h5, a .keras or an older .h5, as Keras matches them
  --skip-mismatch                  draw what --weights does not have in the right shape, instead of refusing
  --format text|json               a table; json: see docs/json.md

Options of export
  --output, -o OUT.onnx            where to write it; more than 1 GB of weights go into OUT.onnx.data beside it
  --weights, --skip-mismatch, --seed
                                   as in forward
  --batch N                        N samples at a time; any number where it is not said
  --length N                       the length of axes that the program leaves open, the batch aside (16)

Options of verify
  --python PATH                    the interpreter that runs the file; else the one of .venv and the like
  --timeout SECONDS                after which the program is ended (180)

Options of summary, as in Keras
  --line-length N                  the width of the table
  --expand-nested                  show the layers of nested models
  --show-trainable                 show which layers are trainable
  --macs                           beside the table: multiply–accumulates and the memory of what each layer gives
  --format text|markdown           Keras's own table, or one of Markdown

  --help, --version

Settings of a project, for these commands and for editors: [tool.inlayer] in its pyproject.toml, see docs/ci.md.

Exit code: 0 nothing is wrong; 1 an error was found in the code, or a layer did not run as predicted; 2 bad usage, or
a path that could not be read (everything else is still done).
`;

class Misuse extends Error {}

function oneOf<T extends string>(name: string, value: string | undefined, choices: readonly T[], otherwise: T): T {
  if (value === undefined) return otherwise;
  const found = choices.find((choice) => choice === value);
  if (found === undefined) throw new Misuse(`--${name} is ${choices.join(", ")}, not '${value}'`);
  return found;
}

const KERAS = { auto: "auto", 2: 2, 3: 3 } as const;
const common = {
  keras: { type: "string" },
  root: { type: "string" },
  python: { type: "string" },
  color: { type: "string" },
} as const;
const help = { help: { type: "boolean", short: "h" } } as const;

function parse<T extends NonNullable<ParseArgsConfig["options"]>>(args: readonly string[], options: T) {
  try {
    return parseArgs({ args: [...args], options: { ...options, ...help }, allowPositionals: true, strict: true });
  } catch (error) {
    const message = error instanceof Error ? error.message : "bad usage";
    const [, dashed] = /^Option '(?:-\w, )?(--[\w-]+)[^']*' argument is ambiguous/.exec(message) ?? [];
    if (dashed !== undefined)
      throw new Misuse(`${dashed} is followed by what begins with a dash: write ${dashed}=VALUE`);
    // Node goes on to explain how to pass such an argument as a path.
    throw new Misuse(message.split(". To specify")[0]?.replace(/\n[\s\S]*/, "") ?? message);
  }
}

const commonOptions = (values: { keras?: string; root?: string; python?: string; color?: string }) => ({
  keras: values.keras === undefined ? undefined : KERAS[oneOf("keras", values.keras, ["auto", "2", "3"], "auto")],
  root: values.root,
  python: values.python,
  color: oneOf("color", values.color, ["auto", "always", "never"], "auto"),
});

function parseCheck(args: readonly string[]): Options {
  const { values, positionals } = parse(args, {
    ...common,
    format: { type: "string" },
    rule: { type: "string", multiple: true },
    severity: { type: "string" },
    "fail-on": { type: "string" },
    baseline: { type: "string" },
    "write-baseline": { type: "boolean" },
    "force-exclude": { type: "boolean" },
    workers: { type: "string" },
  });
  if (values.help) return { command: "help" };
  if (positionals.length === 0) throw new Misuse("check needs at least one file or folder");
  if (values.baseline === "") throw new Misuse("--baseline needs the name of a file");
  return {
    command: "check",
    paths: positionals,
    format: oneOf("format", values.format, CHECK_FORMATS, "text"),
    rules: rulesOf(values.rule ?? []),
    severity: level("severity", values.severity),
    failOn: level("fail-on", values["fail-on"]),
    baseline: values.baseline,
    writeBaseline: values["write-baseline"] ?? false,
    forceExclude: values["force-exclude"] ?? false,
    workers: values.workers === undefined ? undefined : whole("workers", values.workers, 1, 1),
    ...commonOptions(values),
  };
}

const level = (name: string, value: string | undefined): Severity | undefined =>
  value === undefined ? undefined : oneOf(name, value, SEVERITIES, "hint");

/** `dense-on-sequence=off`, each. */
function rulesOf(settings: readonly string[]): CheckOptions["rules"] {
  return Object.fromEntries(
    settings.map((it) => {
      const [, code, severity] = /^([\w-]+)=(\w+)$/.exec(it) ?? [];
      if (code === undefined) throw new Misuse(`--rule is CODE=SEVERITY with a code of docs/rules, not '${it}'`);
      if (!RULE_CODES.has(code)) throw new Misuse(`--rule: there is no rule '${code}'; docs/rules has a page of each`);
      return [code, oneOf(`rule ${code}`, severity, [...SEVERITIES, "off"], "off")];
    }),
  );
}

function parseSummary(args: readonly string[]): Options {
  const { values, positionals } = parse(args, {
    ...common,
    "line-length": { type: "string" },
    "expand-nested": { type: "boolean" },
    "show-trainable": { type: "boolean" },
    macs: { type: "boolean" },
    format: { type: "string" },
  });
  if (values.help) return { command: "help" };
  const [target, ...others] = positionals;
  if (target === undefined || others.length > 0) throw new Misuse("summary needs one FILE or FILE:MODEL");
  const length = values["line-length"];
  if (length !== undefined && !/^[1-9]\d{0,4}$/.test(length))
    throw new Misuse(`--line-length is a whole number, not '${length}'`);
  return {
    command: "summary",
    target,
    ...commonOptions(values),
    lineLength: length === undefined ? undefined : Number(length),
    expandNested: values["expand-nested"] ?? false,
    showTrainable: values["show-trainable"] ?? false,
    macs: values.macs ?? false,
    format: oneOf("format", values.format, ["text", "markdown"], "text"),
  };
}

/** A whole number from `least` on. */
function whole(name: string, value: string | undefined, least: number, otherwise: number): number {
  if (value === undefined) return otherwise;
  const number = /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN;
  if (/^\d{10,}$/.test(value)) throw new Misuse(`--${name} is at most 999999999, not '${value}'`);
  if (!(number >= least)) throw new Misuse(`--${name} is a whole number from ${least} on, not '${value}'`);
  return number;
}

function parseExport(args: readonly string[]): Options {
  const { values, positionals } = parse(args, {
    ...common,
    batch: { type: "string" },
    length: { type: "string" },
    seed: { type: "string" },
    output: { type: "string", short: "o" },
    weights: { type: "string" },
    "skip-mismatch": { type: "boolean" },
  });
  if (values.help) return { command: "help" };
  const [target, ...others] = positionals;
  if (target === undefined || others.length > 0) throw new Misuse("export needs one FILE or FILE:MODEL");
  if (values.output === undefined) throw new Misuse("export needs -o OUT.onnx, where to write the model");
  return {
    command: "export",
    target,
    ...commonOptions(values),
    output: values.output,
    batch: values.batch === undefined ? undefined : whole("batch", values.batch, 1, 1),
    length: values.length === undefined ? undefined : whole("length", values.length, 1, 1),
    weights: values.weights,
    skipMismatch: values["skip-mismatch"] ?? false,
    seed: whole("seed", values.seed, 0, 0),
  };
}

function parseVerify(args: readonly string[]): Options {
  const { values, positionals } = parse(args, { ...common, timeout: { type: "string" } });
  if (values.help) return { command: "help" };
  const [file, ...others] = positionals;
  if (file === undefined || others.length > 0) throw new Misuse("verify needs one FILE");
  const seconds = whole("timeout", values.timeout, 1, TIME_LIMIT);
  return { command: "verify", file, seconds, ...commonOptions(values) };
}

function parseForward(args: readonly string[]): Options {
  const { values, positionals } = parse(args, {
    ...common,
    batch: { type: "string" },
    seed: { type: "string" },
    format: { type: "string" },
    input: { type: "string" },
    output: { type: "string" },
    weights: { type: "string" },
    "skip-mismatch": { type: "boolean" },
  });
  if (values.help) return { command: "help" };
  const [target, ...others] = positionals;
  if (!target || others.length > 0) throw new Misuse("forward needs one FILE or FILE:MODEL");
  return {
    command: "forward",
    target,
    ...commonOptions(values),
    format: oneOf("format", values.format, ["text", "json"], "text"),
    batch: values.batch === undefined ? undefined : whole("batch", values.batch, 1, 2),
    input: values.input,
    output: values.output,
    weights: values.weights,
    skipMismatch: values["skip-mismatch"] ?? false,
    seed: whole("seed", values.seed, 0, 0),
  };
}

function parseServer(args: readonly string[]): Options {
  const { values, positionals } = parse(args, { stdio: { type: "boolean" } });
  if (values.help) return { command: "help" };
  if (!values.stdio || positionals.length > 0) throw new Misuse("lsp needs --stdio and nothing else");
  return { command: "lsp" };
}

/** The meaning of the arguments behind the program's name. Never throws. */
export function parseOptions([command, ...args]: readonly string[]): Options {
  try {
    if (command === "check") return parseCheck(args);
    if (command === "summary") return parseSummary(args);
    if (command === "forward") return parseForward(args);
    if (command === "export") return parseExport(args);
    if (command === "verify") return parseVerify(args);
    if (command === "lsp") return parseServer(args);
    if (command === "--help" || command === "-h" || command === "help") return { command: "help" };
    if (command === "--version" || command === "-V") return { command: "version" };
    throw new Misuse(command === undefined ? "what to do?" : `there is no command '${command}'`);
  } catch (error) {
    return { command: "misuse", message: error instanceof Error ? error.message : "bad usage" };
  }
}

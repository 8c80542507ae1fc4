import { Chalk, type ChalkInstance } from "chalk";
import type { Severity, SummaryStyle } from "../../core/index.ts";

export type Paint = (text: string) => string;

/** What a stretch of output is; without colours every paint gives back its text. */
export interface Palette {
  readonly path: Paint;
  readonly gutter: Paint;
  readonly hint: Paint;
  readonly fix: Paint;
  readonly good: Paint;
  readonly strong: Paint;
  readonly severity: Readonly<Record<Severity, Paint>>;
  readonly summary: Readonly<Record<SummaryStyle, Paint>>;
}

export function createPalette(coloured: boolean): Palette {
  const colour: ChalkInstance = new Chalk({ level: coloured ? 2 : 0 });
  return {
    path: colour.bold.underline,
    gutter: colour.dim,
    hint: colour.dim.cyan,
    fix: colour.green,
    good: colour.green,
    strong: colour.bold,
    severity: {
      error: colour.red,
      warning: colour.yellow,
      information: colour.blue,
      hint: colour.magenta,
    },
    // The numbers are those that Keras gives to rich.
    summary: {
      bold: colour.bold,
      number: colour.ansi256(34),
      none: colour.ansi256(45),
      symbol: colour.ansi256(33),
      yes: colour.bold.ansi256(34),
      no: colour.bold.redBright,
    },
  };
}

export type ColourChoice = "auto" | "always" | "never";
type Environment = Readonly<Record<string, string | undefined>>;

/** The option first; then NO_COLOR and FORCE_COLOR as no-color.org and force-color.org have them; then the terminal. */
export function wantsColour(choice: ColourChoice, isTerminal: boolean, environment: Environment): boolean {
  if (choice !== "auto") return choice === "always";
  const { NO_COLOR: no, FORCE_COLOR: force, TERM: terminal } = environment;
  if (no) return false;
  if (force) return force !== "0" && force !== "false";
  return isTerminal && terminal !== "dumb";
}

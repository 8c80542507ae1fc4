import { remainder, type Values } from "./arithmetic.ts";

const OPERATORS: Readonly<Record<string, (a: number, b: number) => number>> = {
  "+": (a, b) => a + b,
  "-": (a, b) => a - b,
  "*": (a, b) => a * b,
  "//": (a, b) => Math.floor(a / b),
  "%": remainder,
};

/** Reads what `printDim` writes by Python's precedence: `**`, then a minus in front, then `* // %`, then `+ -`. */
class Reader {
  private readonly tokens: readonly string[];
  private readonly values: Values;
  private at = 0;
  constructor(text: string, values: Values) {
    this.tokens = text.match(/\d+|\w+|\*\*|\/\/|[-+*%(),]/g) ?? [];
    this.values = values;
  }
  get done(): boolean {
    return this.at === this.tokens.length;
  }
  private get next(): string | undefined {
    return this.tokens[this.at];
  }
  private take(): string {
    return this.tokens[this.at++] ?? "";
  }
  sum(): number {
    return this.folded(["+", "-"], () => this.folded(["*", "//", "%"], () => this.signed()));
  }
  private folded(operators: readonly string[], operand: () => number): number {
    let value = operand();
    // + 0: no −0, which Python's integers do not have.
    while (operators.includes(this.next ?? "")) value = (OPERATORS[this.take()]?.(value, operand()) ?? Number.NaN) + 0;
    return value;
  }
  private signed(): number {
    if (this.next !== "-") return this.power();
    this.take();
    return 0 - this.signed();
  }
  private power(): number {
    const base = this.atom();
    if (this.next !== "**") return base;
    this.take();
    return base ** this.power();
  }
  private atom(): number {
    const token = this.take();
    if (/^\d/.test(token)) return Number(token);
    if (token === "(") return this.closed(this.sum());
    if (token !== "min" && token !== "max") return this.values.get(token) ?? Number.NaN;
    const operands = [];
    do {
      this.take();
      operands.push(this.sum());
    } while (this.next === ",");
    return this.closed(token === "min" ? Math.min(...operands) : Math.max(...operands));
  }
  private closed(value: number): number {
    return this.take() === ")" ? value : Number.NaN;
  }
}

/** What Python makes of the text; `NaN` where it would not read all of it. */
export function evaluatePython(text: string, values: Values): number {
  const reader = new Reader(text, values);
  const value = reader.sum();
  return reader.done ? value : Number.NaN;
}

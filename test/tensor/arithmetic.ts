/**
 * Plain arithmetic to hold the algebra against: random expressions over sizes, and Python's own reading of what we
 * print.
 */
import {
  ceilDivide,
  type Dim,
  floorDivide,
  maximum,
  minimum,
  minus,
  modulo,
  plus,
  symbol,
  times,
} from "../../core/tensor/dim.ts";

export const pick = <T>(random: () => number, options: readonly [T, ...T[]]): T =>
  options[Math.floor(random() * options.length)] ?? options[0];

export type Values = ReadonlyMap<string, number>;
/** A dim, and what plain arithmetic makes of the same expression; `NaN` where it divides by zero. */
export interface Expression {
  readonly text: string;
  readonly dim: Dim;
  readonly value: (values: Values) => number;
}

export const remainder = (a: number, b: number) => ((a % b) + b) % b || 0;
const rules: readonly [string, (a: Dim, b: Dim) => Dim, (a: number, b: number) => number][] = [
  ["+", plus, (a, b) => a + b],
  ["-", minus, (a, b) => a - b],
  ["*", times, (a, b) => a * b],
  ["//", floorDivide, (a, b) => Math.floor(a / b)],
  ["%", modulo, remainder],
  ["min", minimum, Math.min],
  ["max", maximum, Math.max],
  ["ceil", ceilDivide, (a, b) => Math.ceil(a / b)],
];

const MINIMA: ReadonlyMap<string, number> = new Map([
  ["n", 0],
  ["m", 1],
  ["k", 2],
  ["z", -3],
]);
const leaves: readonly [Expression, ...Expression[]] = [
  { text: "1", dim: 1, value: () => 1 },
  ...[...MINIMA].map(([name, min]) => ({
    text: name,
    dim: symbol(name, { min }),
    value: (v: Values) => v.get(name) ?? 0,
  })),
];

export function randomExpression(random: () => number, depth: number): Expression {
  if (depth === 0 || random() < 0.15) {
    if (random() < 0.6) return pick(random, leaves);
    const number = Math.floor(random() * 12) - 4;
    return { text: `${number}`, dim: number, value: () => number };
  }
  const a = randomExpression(random, depth - 1);
  const b = randomExpression(random, depth - 1);
  const rule = rules[Math.floor(random() * rules.length)];
  if (!rule) return a;
  const [name, lifted, plain] = rule;
  const divides = name === "//" || name === "%" || name === "ceil";
  const value = (values: Values) => {
    const [x, y] = [a.value(values), b.value(values)];
    return Number.isNaN(x + y) || (divides && y === 0) ? Number.NaN : plain(x, y) + 0; // + 0: no −0
  };
  return { text: `(${a.text} ${name} ${b.text})`, dim: lifted(a.dim, b.dim), value };
}

export const randomValues = (random: () => number): Values =>
  new Map([...MINIMA].map(([name, min]) => [name, min + Math.floor(random() ** 2 * 14)]));

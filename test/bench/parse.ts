/**
 * How long parsing takes: `node --import tsx test/bench/parse.ts`. Cold per 1,000 lines, and an update for each of many
 * single-character edits in the middle of a file of 1,000 lines; CPython's `ast.parse` beside it where there is a
 * python3.
 */
import { SAMPLES, testParser } from "../python/parse.ts";
import { astParse } from "./cpython.ts";

const LINES = 1000;
const sample = SAMPLES.map(({ text }) => text).join("\n");
const text = `${sample}\n`
  .repeat(Math.ceil(LINES / sample.split("\n").length + 1))
  .split("\n")
  .slice(0, LINES)
  .join("\n");

function quantiles(times: number[]): string {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => (sorted[Math.floor(share * (sorted.length - 1))] ?? 0).toFixed(2);
  return `median ${at(0.5)} ms, 95 % ${at(0.95)} ms, most ${at(1)} ms`;
}

function timed(run: () => void): number {
  const start = performance.now();
  run();
  return performance.now() - start;
}

const parser = await testParser();
console.log(`first parse        ${timed(() => parser.open(text).close()).toFixed(2)} ms`);
console.log(
  `cold               ${quantiles(Array.from({ length: 20 }, () => timed(() => parser.open(text).close())))}`,
);
const document = parser.open(text);
const middle = text.indexOf("(", text.length / 2) + 1;
const updates = Array.from({ length: 400 }, (_, count) => {
  const insert = "abcdefgh".slice(0, count % 9);
  const next = text.slice(0, middle) + insert + text.slice(middle);
  return timed(() => document.update(next));
});
console.log(`update             ${quantiles(updates.slice(50))}`);
const opened = Array.from({ length: 100 }, (_, count) => {
  const next = `${text.slice(0, middle)}${count % 2 === 0 ? "" : "["}${text.slice(middle)}`;
  return timed(() => document.update(next));
});
console.log(`update, bracket    ${quantiles(opened)}`);
const reference = astParse(text);
console.log(`CPython ast.parse  ${reference === undefined ? "no python3 here" : `median ${reference.toFixed(2)} ms`}`);

// node --import tsx test/typing/run.ts [--every N] [--show N] FILE…: writes whole files as people do, and prints what
// is shown.
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { openCore } from "../core/open.ts";
import { testParser } from "../python/parse.ts";
import { measure, Tally } from "./measure.ts";
import { WAYS } from "./ways.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    every: { type: "string", default: "1" },
    show: { type: "string", default: "0" },
    way: { type: "string", default: "" },
  },
});
const every = Number(values.every);
const bench = { typing: await openCore(), cold: await openCore(), parser: await testParser() };
const totals = new Map<string, Tally>();
for (const path of positionals) {
  const text = readFileSync(path, "utf8");
  for (const [name, way] of Object.entries(WAYS)) {
    if (!name.includes(values.way)) continue;
    bench.typing.forget("main.py");
    const started = performance.now();
    const tally = measure(bench, text, way(text, every));
    console.log(`${path} ${name}: ${tally} (${((performance.now() - started) / 1000).toFixed(1)} s)`);
    for (const note of tally.notes.slice(0, Number(values.show))) console.log(`    ${note}`);
    const total = totals.get(name) ?? new Tally();
    total.add(tally);
    totals.set(name, total);
  }
}
console.log("In all");
for (const [name, total] of totals) console.log(`${name}: ${total}`);

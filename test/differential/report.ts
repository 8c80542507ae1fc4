// node --import tsx test/differential/report.ts [NAME…]: where Inlayer differs from the record of the programs.
import { testCore } from "../programs/told.ts";
import type { Verdict } from "./compare.ts";
import { findingsOf, hashOf, names, recordedOf, textOf } from "./programs.ts";

const wanted = process.argv.slice(2).filter((it) => !it.startsWith("--"));
const hidden: readonly Verdict[] = process.argv.includes("--loose") ? ["exact"] : ["exact", "loose"];
const core = await testCore();
const total = { exact: 0, loose: 0, unknown: 0, missing: 0, wrong: 0 };
for (const name of names.filter((it) => wanted.length === 0 || wanted.includes(it))) {
  const recorded = recordedOf(name);
  if (recorded === undefined || recorded.hash !== hashOf(textOf(name))) {
    console.log(`${name}: not recorded as it stands (run_real.py)`);
    continue;
  }
  for (const { verdict, line, text } of findingsOf(core, name, recorded)) {
    total[verdict]++;
    if (!hidden.includes(verdict)) console.log(`${verdict.padEnd(7)} ${name}:${line} ${text}`);
  }
}
console.log(total);

// node --import tsx test/mistakes/report.ts [NAME…] [--apart]: what Inlayer makes of the mistakes, and where it fails.
import { readFileSync } from "node:fs";
import { testCore } from "../programs/told.ts";
import { judge, type MistakesRecord } from "./judge.ts";
import { isKeptApart, mistakes } from "./programs.ts";

const record = JSON.parse(readFileSync(new URL("../oracle/mistakes.json", import.meta.url), "utf8")) as MistakesRecord;
const wanted = process.argv.slice(2).filter((it) => !it.startsWith("--"));
const core = await testCore();
for (const apart of [false, true]) {
  const total = {
    mistakes: 0,
    raise: 0,
    foretold: 0,
    silent: 0,
    told: 0,
    blamed: 0,
    mended: 0,
    alarms: 0,
    unrecorded: 0,
  };
  for (const it of mistakes().filter((it) => isKeptApart(it) === apart)) {
    if (wanted.length > 0 && !wanted.some((part) => it.name.includes(part))) continue;
    const judged = judge(core, it, record);
    total.mistakes++;
    if (judged === undefined) {
      total.unrecorded++;
      continue;
    }
    if (judged.raises) total.raise++;
    else total.silent++;
    if (judged.foretold) judged.raises ? total.foretold++ : total.told++;
    if (judged.blamed) total.blamed++;
    if (judged.mended) total.mended++;
    if (judged.alarms.length > 0) total.alarms++;
    const short = [
      judged.foretold ? "" : "not foretold",
      judged.foretold && !judged.blamed ? "not blamed" : "",
      judged.foretold && !judged.mended ? "not mended" : "",
      judged.alarms.length > 0 ? "FALSE ALARM" : "",
    ].filter((part) => part !== "");
    if (short.length === 0 || (apart && !process.argv.includes("--apart"))) continue;
    console.log(`${it.path} · ${it.name}: ${short.join(", ")}`);
    if (wanted.length > 0) console.log(judged, [...it.changed]);
  }
  console.log(apart ? "kept apart:" : "known:", total);
}

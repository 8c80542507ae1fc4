// npm test [-- part-of-a-path …]: what it needs, the linter and the types, the unit tests, the long ones
// (`.long.test.ts`: they run models, start programs, or make edits by the thousand), and the suites of test/e2e in a
// real VS Code. With parts of paths only the tests that have one in theirs; `e2e` stands for the suites.
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { bundleTests, shareOut } from "./bundleTests.mjs";
import { setUp } from "./setup.mjs";

/** Processes for each core: few, since each starts cold; more than one, so that all cores are done at one time. */
const SHARES = 2;

setUp();
process.chdir(fileURLToPath(new URL("..", import.meta.url)));

const run = (command, args) => spawnSync(command, args, { stdio: "inherit" }).status ?? 1;
const wanted = process.argv.slice(2);

const lint = wanted.length > 0 ? 0 : run(process.execPath, ["tasks/lint.mjs"]);

// Node 20 takes no patterns, so the files are found here.
const files = readdirSync("test", { recursive: true, encoding: "utf8" })
  .map((name) => `test/${name.replaceAll("\\", "/")}`)
  .filter((name) => name.endsWith(".test.ts") && !name.startsWith("test/e2e/"))
  .filter((name) => wanted.length === 0 || wanted.some((part) => name.includes(part)))
  .sort();
const e2e = wanted.length === 0 || wanted.some((part) => part.includes("e2e"));
if (files.length === 0 && !e2e) {
  console.error(`No test file has ${wanted.join(" or ")} in its path.`);
  process.exit(1);
}
// Node keeps one core for itself unless it is told.
const cores = availableParallelism();
const spec = ["--enable-source-maps", "--test", "--test-reporter=spec", `--test-concurrency=${cores}`];
const bundles = files.length === 0 ? [] : await bundleTests(files);
const isLong = (file) => file.endsWith(".long.test.ts");
const tests = stage("unit tests", (file) => !isLong(file)) | stage("long tests", isLong);
const suites = e2e ? run(process.execPath, ["tasks/e2e.mjs", "--once"]) : 0;
process.exit(lint || tests || suites);

/** Runs those of the files, and says how long they took together. */
function stage(name, isIn) {
  const chosen = files.flatMap((file, i) => (isIn(file) ? [{ file, bundle: bundles[i] }] : []));
  if (chosen.length === 0) return 0;
  const start = performance.now();
  const status = run(process.execPath, [...spec, ...shareOut(name, chosen, SHARES * cores)]);
  console.log(`${name}: ${chosen.length} files, ${((performance.now() - start) / 1000).toFixed(0)} s\n`);
  return status;
}

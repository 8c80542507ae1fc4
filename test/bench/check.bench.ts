/** The command line on a project of 1,000 files: one after the other, and by as many workers as it takes itself. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { bundleProgram } from "../protocol/bundle.ts";
import { modelFile } from "./modelFile.ts";

const FILES = 1000;
const folder = mkdtempSync(join(tmpdir(), "inlayer-"));
/** What the first start compiles is kept here for the others. */
const env = { ...process.env, XDG_CACHE_HOME: folder, LOCALAPPDATA: folder };

function seconds(program: string, ...options: string[]): number {
  const began = performance.now();
  const args = [program, "check", "project", "--format", "github", ...options];
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: folder, env, encoding: "utf8" });
  if (status !== 0) throw new Error(`it ended with ${status}: ${stderr}`);
  return (performance.now() - began) / 1000;
}

try {
  const program = await bundleProgram(folder, "cli");
  // Files of 50 to 150 lines in packages of twenty, none like another.
  for (let i = 0; i < FILES; i++) {
    const package_ = join(folder, "project", `package_${Math.floor(i / 20)}`);
    mkdirSync(package_, { recursive: true });
    const text = modelFile(50 + ((i * 37) % 100)).replaceAll("classes=10", `classes=${10 + i}`);
    writeFileSync(join(package_, `model_${i}.py`), text);
  }
  seconds(program, "--workers", "1");
  const [one, usual] = [seconds(program, "--workers", "1"), seconds(program)];
  const rate = (time: number) => `${time.toFixed(1)} s, ${Math.round(FILES / time)} files a second`;
  console.log(`inlayer check, ${FILES.toLocaleString("en")} files of 50 to 150 lines`);
  console.log(`  one after the other  ${rate(one)}`);
  console.log(`  by workers           ${rate(usual)} (${Math.min(8, availableParallelism())} of them)`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

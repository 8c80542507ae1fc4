import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

const VENV = ".cache/oracle/bin/python";

/**
 * Milliseconds that a Python process takes to import Keras, build the `model` of a program and run it on random
 * numbers; undefined where no Keras is at hand. The best of three: the first one reads its packages from the disk.
 */
export function kerasRun(program: string, input: string): number | undefined {
  const python = process.env["ORACLE_PYTHON"] ?? (existsSync(VENV) ? VENV : undefined);
  if (python === undefined) return undefined;
  const text = `${program}\nimport numpy as np\nmodel.predict(${input}, verbose=0)\n`;
  const env = { ...process.env, TF_CPP_MIN_LOG_LEVEL: "3", CUDA_VISIBLE_DEVICES: "-1" };
  const times: number[] = [];
  for (let i = 0; i < 3; i++) {
    const start = performance.now();
    const { status, stderr } = spawnSync(python, ["-W", "ignore", "-c", text], { env, encoding: "utf8" });
    if (status !== 0) throw new Error(stderr.slice(-2000));
    times.push(performance.now() - start);
  }
  return Math.min(...times);
}

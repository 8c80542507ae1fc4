import { readFileSync } from "node:fs";
import { createKeras } from "../../../core/frameworks/keras/index.ts";
import { createNumpy } from "../../../core/frameworks/numpy/index.ts";
import { createPython } from "../../../core/frameworks/python/index.ts";
import { createTensorflow } from "../../../core/frameworks/tensorflow/index.ts";
import type { Machine } from "../../../core/interpreter/machine.ts";
import { valueIn } from "../../../core/interpreter/names.ts";
import { type Fault, observations } from "../../../core/interpreter/record.ts";
import type { Value } from "../../../core/interpreter/values.ts";
import { createParser, type PythonParser } from "../../../core/python/parser.ts";
import { Session } from "../../../core/session.ts";

/** A program that was analysed: what its variables hold, and what was found wrong on which line. */
export interface Ran {
  readonly machine: Machine;
  variable(name: string): Value;
  /** Lines and columns count from 0; `raises` is the line where the fault shows, if that is another one. */
  readonly faults: readonly {
    readonly line: number;
    readonly column: number;
    readonly raises: number | undefined;
    readonly fault: Fault;
  }[];
}

const frameworks = (keras: 2 | 3) => [createKeras(keras), createTensorflow(), createNumpy(), createPython()];
const FRAMEWORKS = { 2: frameworks(2), 3: frameworks(3) };
let parser: PythonParser | undefined;

export async function analysed(text: string, keras: 2 | 3 = 3): Promise<Ran> {
  parser ??= await createParser({
    runtime: readFileSync("node_modules/web-tree-sitter/web-tree-sitter.wasm"),
    python: readFileSync("node_modules/tree-sitter-python/tree-sitter-python.wasm"),
  });
  const session = new Session(parser, FRAMEWORKS[keras]);
  const file = { path: "program.py", text };
  const run = session.run({ file, answers: new Map(), settings: { keras, fixes: false } }, () => false);
  let step = run.next();
  while (step.done !== true) step = run.next();
  const machine = step.value;
  const { locate } = session.locator();
  const faults = [...observations(machine.record)].flatMap((it) => {
    if (it.kind !== "fault") return [];
    const before = text.slice(0, locate(it.fault.place)?.span.start).split("\n");
    const shows = it.fault.related.find(({ message }) => message === "Keras raises here");
    const raises = shows && text.slice(0, locate(shows.place)?.span.start).split("\n").length - 1;
    return [{ line: before.length - 1, column: before.at(-1)?.length ?? 0, raises, fault: it.fault }];
  });
  const variable = (name: string): Value =>
    valueIn(machine, machine.scope, name) ?? { kind: "unknown", reason: `${name} is not there` };
  return { machine, variable, faults };
}

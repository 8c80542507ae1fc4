/** Programs as Keras 2 has them, read by its rules. */
import { type Analysis, printShape } from "../../../core/index.ts";
import { testCore } from "../../programs/told.ts";

export const core = await testCore();
export const IMPORTS = `import tensorflow as tf
from tensorflow.keras import Input, Model, Sequential, backend as K, layers, regularizers
`;
export function read(program: string, keras: 2 | 3 = 2): Analysis {
  const file = { path: "main.py", text: IMPORTS + program };
  return core.analyse({ file, answers: new Map(), settings: { keras, facts: true, fixes: false } }).analysis;
}
export const errors = (program: string, keras: 2 | 3 = 2) =>
  read(program, keras).diagnostics.flatMap(({ severity, code }) => (severity === "error" ? [code] : []));

/** The shapes that the program's hints say, by the names that it binds. */
export function shapes(program: string, keras: 2 | 3 = 2): readonly (readonly string[] | undefined)[] {
  return read(`${program}\nmodel = Model([a, b], [it for it in made])`, keras).models.map(({ outputs }) =>
    outputs?.map(printShape),
  );
}

/** Two sequences, one of any length. */
export const OPEN = "a = Input((None, 8))\nb = Input((10, 8))\n";

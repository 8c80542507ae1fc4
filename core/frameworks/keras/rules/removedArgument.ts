import type { Machine } from "../../../interpreter/machine.ts";
import type { Repair } from "../../../interpreter/record.ts";
import type { Arg, Args } from "../../../interpreter/values.ts";
import { lookup, type Signature } from "../signatures.ts";
import { versionIn } from "../version.ts";

/** Arguments that Keras 1 and 2 took, under the names that Keras 3 may have for them. */
export const OLD_NAMES: Readonly<Record<string, readonly string[]>> = {
  border_mode: ["padding"],
  nb_filter: ["filters"],
  filter_length: ["kernel_size"],
  subsample: ["strides"],
  subsample_length: ["strides"],
  stride: ["strides"],
  pool_length: ["pool_size"],
  length: ["size"],
  atrous_rate: ["dilation_rate"],
  dim_ordering: ["data_format"],
  init: ["kernel_initializer", "embeddings_initializer", "alpha_initializer"],
  gamma_init: ["gamma_initializer"],
  beta_init: ["beta_initializer"],
  inner_init: ["recurrent_initializer"],
  inner_activation: ["recurrent_activation"],
  W_regularizer: ["kernel_regularizer", "embeddings_regularizer"],
  b_regularizer: ["bias_regularizer"],
  U_regularizer: ["recurrent_regularizer"],
  W_constraint: ["kernel_constraint", "embeddings_constraint"],
  b_constraint: ["bias_constraint"],
  bias: ["use_bias"],
  output_dim: ["units"],
  p: ["rate"],
  sigma: ["stddev"],
  dropout_W: ["dropout"],
  dropout_U: ["recurrent_dropout"],
  lr: ["learning_rate"],
  nb_epoch: ["epochs"],
  samples_per_epoch: ["steps_per_epoch"],
  nb_val_samples: ["validation_steps"],
  period: ["save_freq"],
  input: ["inputs"],
  output: ["outputs"],
  beta_one: ["beta_1"],
};

/** Whether Keras 2 took it there. */
export function wasTaken(signature: Signature, name: string): boolean {
  const old = GONE.has(name) ? undefined : lookup(signature.name, 2);
  if (old === undefined) return GONE.has(name);
  const isNamed = old.parameters?.some((it) => it.name === name) === true;
  return isNamed || (Array.isArray(old.keywords) && old.keywords.includes(name));
}
const GONE = new Set(["decay", "max_queue_size", "workers", "use_multiprocessing", "max_q_size", "nb_worker"]);

/** Of these Keras 3 does by itself what they asked for, or has no such thing: without them the call means the same. */
const DROPPED = new Set(["max_queue_size", "workers", "use_multiprocessing", "max_q_size", "nb_worker", "dynamic"]);

export function removedArgument(m: Machine, type: string, arg: Arg, name: string, now: string | undefined): void {
  const { place, node } = arg;
  const advice = now === undefined ? (ADVICE[name] ?? "") : `: it is ${now}`;
  const message = `In Keras 3 ${type} has no argument ${name}${advice}`;
  const repairs: Repair[] = [];
  if (place !== undefined && node !== undefined && now !== undefined) {
    const span = { start: place.span.start, end: place.span.start + name.length };
    repairs.push({ title: `Rename to ${now}`, preferred: true, edits: [{ place: { ...place, span }, text: now }] });
  } else if (DROPPED.has(name)) {
    repairs.push({
      title: `Remove ${name}`,
      preferred: true,
      edits: [{ place: m.here, text: name, form: "no argument" }],
    });
  }
  if (name === "batch_input_shape") {
    const edits = [{ place: m.here, text: name, form: "input before" }];
    repairs.push({ title: "An Input before it that says the same", preferred: true, edits });
  }
  m.report({
    code: "removed-in-keras-3",
    severity: "error",
    place: place ?? m.here,
    message,
    related: [],
    repairs,
  });
}

/** What Keras 3's optimizers still take, and do nothing with. */
export function ignoredArguments(m: Machine, signature: Signature, { list }: Args): void {
  if (versionIn(m) !== 3 || !signature.name.startsWith("keras.optimizers.")) return;
  const type = signature.name.slice(signature.name.lastIndexOf(".") + 1);
  for (const { name, place, value } of list) {
    if (name !== "decay" || value.kind === "none" || value.kind === "unknown") continue;
    const message = `Keras 3's ${type} takes decay and ignores it${ADVICE[name] ?? ""}`;
    m.report({
      ...{ code: "removed-in-keras-3", severity: "warning", place: place ?? m.here, message },
      ...{ related: [], repairs: [] },
    });
  }
}

const ADVICE: Readonly<Record<string, string>> = {
  batch_input_shape: ": say batch_shape of a keras.Input before it",
  decay: ": give learning_rate a schedule, such as keras.optimizers.schedules.InverseTimeDecay",
  weights: ": call set_weights once the layer is built",
};

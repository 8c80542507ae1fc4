import type { KerasVersion, Parameter, Signature } from "../signatures.ts";

/** The methods of `keras.Model` that take arguments by name; a name without `=` has no default. */

const FIT =
  "x= y= batch_size= epochs= verbose= callbacks= validation_split= validation_data= shuffle= class_weight= " +
  "sample_weight= initial_epoch= steps_per_epoch= validation_steps= validation_batch_size= validation_freq=";
const EVALUATE = "x= y= batch_size= verbose= sample_weight= steps= callbacks=";
const PREDICT = "x batch_size= verbose= steps= callbacks=";
/** Keras 2 has queues of its own. */
const QUEUE = "max_queue_size= workers= use_multiprocessing=";

const METHODS: Readonly<Record<KerasVersion, Readonly<Record<string, string>>>> = {
  3: {
    fit: FIT,
    evaluate: `${EVALUATE} return_dict=`,
    predict: PREDICT,
    train_on_batch: "x y= sample_weight= class_weight= return_dict=",
    test_on_batch: "x y= sample_weight= return_dict=",
    predict_on_batch: "x",
    compile:
      "optimizer= loss= loss_weights= metrics= weighted_metrics= run_eagerly= steps_per_execution= jit_compile= " +
      "auto_scale_loss=",
  },
  2: {
    fit: `${FIT} ${QUEUE}`,
    evaluate: `${EVALUATE} ${QUEUE} return_dict=`,
    predict: `${PREDICT} ${QUEUE}`,
    train_on_batch: "x y= sample_weight= class_weight= reset_metrics= return_dict=",
    test_on_batch: "x y= sample_weight= reset_metrics= return_dict=",
    predict_on_batch: "x",
    compile:
      "optimizer= loss= metrics= loss_weights= weighted_metrics= run_eagerly= steps_per_execution= jit_compile= " +
      "pss_evaluation_shards= **kwargs",
  },
};

const read = new Map<string, Signature>();
/** The signature of a method of `keras.Model`; of one that is not listed any argument goes. */
export function methodSignature(method: string, version: KerasVersion): Signature {
  const key = `${version} ${method}`;
  const known = read.get(key);
  if (known !== undefined) return known;
  const words = (METHODS[version][method] ?? "**kwargs").split(" ");
  const isOpen = words.includes("**kwargs");
  const parameters = words
    .filter((it) => it !== "**kwargs")
    .map(
      (it): Parameter =>
        it.endsWith("=")
          ? { name: it.slice(0, -1), kind: "positional", default: { literal: null } }
          : { name: it, kind: "positional" },
    );
  const made: Signature = {
    name: `keras.Model.${method}`,
    kind: "function",
    defined: undefined,
    tensorflowOnly: false,
    bases: [],
    parameters,
    keywords: isOpen ? "*" : [],
    call: undefined,
    functional: undefined,
  };
  read.set(key, made);
  return made;
}

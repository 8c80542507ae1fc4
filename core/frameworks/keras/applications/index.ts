import type { Machine } from "../../../interpreter/machine.ts";
import {
  type Arg,
  type Args,
  type ClassValue,
  int,
  type NativeValue,
  native,
  nativeClass,
  str,
  type TensorValue,
  unknown,
  type Value,
} from "../../../interpreter/values.ts";
import { said } from "../rules/setArgument.ts";
import { makeFunctional } from "../runtime/functional.ts";
import { bind } from "../runtime/given.ts";
import { batched } from "../runtime/input.ts";
import { makeInput } from "../runtime/inputLayer.ts";
import { LAYER } from "../runtime/layerClass.ts";
import { createLayer, initialise } from "../runtime/layerObject.ts";
import { FUNCTIONAL, SEQUENTIAL } from "../runtime/modelClass.ts";
import type { Signature } from "../signatures.ts";
import { sourcesOf } from "../source.ts";
import { versionIn } from "../version.ts";
import { type Builder, builders, rowsOf } from "./data.ts";
import { layerNameInKeras2, modelNameInKeras2 } from "./keras2.ts";
import { replay } from "./replay.ts";
import { Refused, Request, Unclear, unclear } from "./request.ts";

export { preprocessInput } from "./preprocess.ts";

/** The models of `keras.applications`: functions that assemble them of Keras's layers, as a program would itself. */

const INSIDE = /^keras\.applications\.(?:\w+\.)?(\w+)$/;

/** The builder of a signature; undefined where it is none. `layerClass` finds a layer of Keras's by its name. */
export function applicationFunction(
  signature: Signature,
  layerClass: (type: string) => ClassValue | undefined,
): NativeValue | undefined {
  const name = INSIDE.exec(signature.name)?.[1];
  // Builders alone begin with a capital: nothing is read before one is asked for.
  if (name === undefined || !/^[A-Z]/.test(name)) return undefined;
  return native(signature.name, (m, args) => {
    const builder = builders()[name];
    if (builder === undefined) return unknown(`what ${signature.name} yields is not followed`);
    try {
      return build(m, builder, signature, layerClass, args);
    } catch (thrown) {
      if (thrown instanceof Refused) reportRefused(m, name, thrown);
      if (thrown instanceof Unclear) return unknown(thrown.message);
      throw thrown;
    }
  });
}

function reportRefused(m: Machine, name: string, { message, arg, fresh }: Refused): void {
  const place = arg?.place ?? m.here;
  const text = arg === undefined || fresh === undefined ? undefined : said(arg, "input_shape", fresh);
  const reason = message.replace("Keras raises: ", "");
  m.report({
    code: "bad-argument",
    severity: "error",
    place,
    message: `${name}: ${reason}`,
    related: [],
    repairs: text === undefined ? [] : [{ title: text, preferred: true, edits: [{ place, text }] }],
  });
}

const own = new Map<string, ClassValue>();
/** A class of `keras.applications` itself. */
function privateClass(type: string): ClassValue {
  const made = own.get(type) ?? nativeClass(`keras.src.applications.${type}`, [LAYER], {});
  own.set(type, made);
  return made;
}

function build(
  m: Machine,
  builder: Builder,
  signature: Signature,
  layerClass: (type: string) => ClassValue | undefined,
  args: Args,
): Value {
  const bound = bind(signature, args);
  if (args.open !== undefined) return unknown(args.open);
  if (bound.surplus.length > 0 || bound.unexpected.length > 0 || hasOthers(signature, bound.args))
    return unknown(`Keras raises: ${signature.name} has no such argument`);
  const request = new Request(m, builder, signature, bound.args);
  const rows = assembly(builder, request);
  const older = versionIn(m) === 2;
  const oldName = older ? modelNameInKeras2(request.name) : undefined;
  const name = oldName === undefined ? request.modelName : str(oldName);
  const caller = {
    classOf: (type: string) => (type === "Sequential" ? SEQUENTIAL : (layerClass(type) ?? privateClass(type))),
    given: (argument: string) => request.argument(argument) ?? int(0),
    name,
    layerName: (it: string) => (older ? layerNameInKeras2(request.name, it) : it),
  };
  // What its layers are is the builder's business: nothing of them is said where it is called.
  m.quiet++;
  m.guarded++;
  try {
    const input = request.tensor ?? makeInput(m, { shape: batched(request.shape), dtype: "float32" }, {}).tensor;
    const output = replay(m, caller, input, rows);
    return model(m, request.tensor === undefined ? input : sourceOf(m, input), output, name);
  } finally {
    m.quiet--;
    m.guarded--;
    m.note = undefined;
  }
}

const hasOthers = ({ parameters = [] }: Signature, args: Readonly<Record<string, Arg>>): boolean =>
  Object.keys(args).some((name) => !parameters.some((it) => it.name === name));

function assembly(builder: Builder, request: Request) {
  const variant =
    builder.variants.find((it) => request.meets(it.if)) ??
    unclear(`what ${request.name} assembles for these arguments is not recorded`);
  const head = variant.heads.find(([condition]) => request.meets(condition))?.[1];
  const end = variant.ends[request.end];
  if (head === undefined || end === undefined) return unclear("what it assembles for these arguments is not recorded");
  return [head, variant.body, end].flatMap(rowsOf);
}

function model(m: Machine, input: TensorValue, output: TensorValue, name: Value | undefined): Value {
  const self = createLayer(m, FUNCTIONAL, { kind: "subclass" });
  m.mark("model", { id: self.id, self });
  initialise(m, self, undefined, name === undefined ? {} : { name: { name: "name", value: name } });
  makeFunctional(m, self, { name: undefined, value: input }, { name: undefined, value: output });
  return self;
}

/** The Input that a tensor comes from. */
function sourceOf(m: Machine, tensor: TensorValue): TensorValue {
  const sources = sourcesOf(m, tensor) ?? unclear("where its input_tensor comes from is not known");
  const [only] = sources;
  if (only === undefined || sources.length > 1) return unclear("its input_tensor comes from several inputs");
  return only;
}

import { callValue } from "../../../interpreter/calls.ts";
import { makeList, makeRecord } from "../../../interpreter/containers.ts";
import type { Machine } from "../../../interpreter/machine.ts";
import { frameworkName } from "../../../interpreter/modules.ts";
import {
  type Arg,
  bool,
  float,
  type Instance,
  int,
  NONE_VALUE,
  str,
  type TensorValue,
  unknown,
  type Value,
} from "../../../interpreter/values.ts";
import { lookup } from "../signatures.ts";
import { snakeCase } from "./automaticNames.ts";
import { newModel } from "./clone.ts";
import { classNamed, deserialize } from "./config.ts";
import { makeFunctional } from "./functional.ts";
import { renameOperation } from "./graph.ts";
import { readDType, readShape } from "./input.ts";
import { makeInput } from "./inputLayer.ts";
import { callLayer } from "./layerCall.ts";
import { flatTensors } from "./parts.ts";
import { isLayer, updateRecord } from "./records.ts";
import { addLayer, buildSequential, nameGraph } from "./sequential.ts";

/** Models out of the JSON that Keras writes of them, in the forms of Keras 2 and 3: the exact architecture. */

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
type Fields = Readonly<Record<string, Json>>;
const fieldsOf = (it: Json | undefined): Fields =>
  typeof it === "object" && it !== null && !Array.isArray(it) ? (it as Fields) : {};
const listIn = (it: Json | undefined): readonly Json[] => (Array.isArray(it) ? (it as readonly Json[]) : []);
const textIn = (it: Json | undefined): string | undefined => (typeof it === "string" ? it : undefined);

/** What cannot be made is unknown, and says which layer that is. */
class Unmade extends Error {}

export function modelFromArchitecture(m: Machine, text: string, custom?: Value): Value {
  let data: Json;
  try {
    data = JSON.parse(text) as Json;
  } catch {
    return unknown("the text of the model is no JSON");
  }
  m.quiet++;
  // A fault of what was built once is none of this program's.
  m.guarded++;
  try {
    return new Reading(m, custom).layer(fieldsOf(data));
  } catch (thrown) {
    if (thrown instanceof Unmade) return unknown(thrown.message);
    throw thrown;
  } finally {
    m.quiet--;
    m.guarded--;
  }
}

class Reading {
  private readonly m: Machine;
  private readonly custom: Value | undefined;
  constructor(m: Machine, custom: Value | undefined) {
    this.m = m;
    this.custom = custom;
  }

  layer(data: Fields): Instance {
    const type = textIn(data["class_name"]) ?? "";
    const config = fieldsOf(data["config"]);
    if (type === "Sequential") return this.sequential(config);
    if (config["layers"] !== undefined && config["output_layers"] !== undefined) return this.functional(config);
    const made = deserialize(this.m, this.plain({ ...data, config: this.accepted(type, config) }), this.custom);
    if (made === undefined || !isLayer(this.m, made)) throw new Unmade(`the layer ${type} of the model is not known`);
    if (config["trainable"] === false) updateRecord(this.m, made, { trainable: false });
    return made;
  }

  /** A configuration may hold more than the constructor takes now. */
  private accepted(type: string, config: Fields): Fields {
    if (classNamed(this.m, type, this.custom)?.members === undefined) return config;
    const known = new Set(lookup(`keras.layers.${type}`)?.parameters?.map((it) => it.name));
    const also = ["name", "dtype", "trainable", "batch_input_shape", "batch_shape"];
    return Object.fromEntries(Object.entries(config).filter(([name]) => known.has(name) || also.includes(name)));
  }

  private sequential(config: Fields): Instance {
    const { m } = this;
    const made = this.model("keras.Sequential", config, { kind: "sequential", layers: [] });
    for (const it of listIn(config["layers"]).map(fieldsOf))
      addLayer(m, made, it["class_name"] === "InputLayer" ? this.input(it) : this.layer(it));
    nameGraph(m, made);
    const shape = config["build_input_shape"];
    if (Array.isArray(shape))
      buildSequential(m, made, { shape: readShape(m, this.plain(shape)), dtype: readDType(m, undefined) });
    return made;
  }

  private input({ config, name }: Fields): TensorValue {
    const { batch_shape, batch_input_shape, dtype, ...rest } = fieldsOf(config);
    const shape = readShape(this.m, this.plain(batch_shape ?? batch_input_shape ?? null));
    const given = textIn(rest["name"]) ?? textIn(name);
    return makeInput(this.m, { shape, dtype: readDType(this.m, this.plain(dtype ?? null)) }, { name: given }).tensor;
  }

  private model(name: string, config: Fields, kind: Parameters<typeof newModel>[3]): Instance {
    const made = newModel(this.m, textIn(config["name"]) ?? "?", name, kind);
    if (made === undefined) throw new Unmade("a model that is not known");
    return made;
  }

  private functional(config: Fields): Instance {
    const tensors = new Map<string, readonly TensorValue[]>();
    const layers = listIn(config["layers"]).map(fieldsOf);
    const calls = layers.flatMap((layer) => {
      const name = textIn(layer["name"]) ?? textIn(fieldsOf(layer["config"])["name"]) ?? "";
      if (layer["class_name"] === "InputLayer") tensors.set(`${name} 0`, [this.input(layer)]);
      const run = this.runner(layer, name);
      return listIn(layer["inbound_nodes"]).map((node, i) => ({ key: `${name} ${i}`, node, run }));
    });
    // A layer may stand before one that it reads.
    let left = calls;
    for (let before = -1; left.length > 0 && left.length !== before; ) {
      before = left.length;
      left = left.filter(({ key, node, run }) => {
        const args = this.argumentsOf(node, tensors);
        if (args !== undefined) tensors.set(key, run(args));
        return args === undefined;
      });
    }
    const made = this.model("keras.src.models.functional.Functional", config, { kind: "subclass" });
    const isOld = layers.some((it) => listIn(it["inbound_nodes"]).some(Array.isArray));
    const ends = (which: string): Arg => ({ name: undefined, value: this.ends(config[which], tensors, isOld) });
    makeFunctional(this.m, made, ends("input_layers"), ends("output_layers"));
    return made;
  }

  /** Calls the layer, or runs the operation, that a row of the configuration is of. */
  private runner(data: Fields, name: string): (args: readonly Arg[]) => readonly TensorValue[] {
    const { m } = this;
    const type = textIn(data["class_name"]) ?? "";
    let layer: Instance | undefined;
    return (list) => {
      // In HDF5 the module is not said; what is no layer has no flag that says whether it trains.
      const config = fieldsOf(data["config"]);
      const isOperation = /^keras\.src\.ops\b/.test(textIn(data["module"]) ?? "") || config["trainable"] === undefined;
      if (!isOperation || config["layers"] !== undefined) {
        layer ??= this.layer(data);
        return flatTensors(m, callLayer(m, layer, { list })) ?? [];
      }
      const options = Object.entries(config).filter(([it]) => it !== "name" && it !== "dtype");
      const own = options.map(([it, value]): Arg => ({ name: it, value: this.plain(value) }));
      const call = frameworkName(m, `keras.ops.${snakeCase(type)}`);
      return (
        renameOperation(m, { kind: "operation", id: 0, name, type }, () =>
          flatTensors(m, callValue(m, call, { list: [...list, ...own] })),
        ) ?? []
      );
    };
  }

  /** What a node was called with; undefined while a tensor of it is not made. */
  private argumentsOf(node: Json, tensors: ReadonlyMap<string, readonly TensorValue[]>): readonly Arg[] | undefined {
    const made = { whole: true };
    const value = (it: Json): Value => {
      const history = listIn(fieldsOf(fieldsOf(it)["config"])["keras_history"]);
      if (fieldsOf(it)["class_name"] === "__keras_tensor__") return this.tensor(history, tensors, made);
      return Array.isArray(it) ? makeList(this.m, it.map(value)) : this.plain(it);
    };
    let list: Arg[];
    if (Array.isArray(node)) {
      // Keras 2: `[layer, node, tensor, keywords]`, one for each tensor.
      const inputs = node.map((it) => this.tensor(listIn(it as Json), tensors, made));
      const keywords = Object.entries(fieldsOf(listIn(node[0] as Json)[3]));
      const first = inputs.length === 1 && inputs[0] !== undefined ? inputs[0] : makeList(this.m, inputs);
      list = [{ name: undefined, value: first }, ...keywords.map(([name, it]) => ({ name, value: this.plain(it) }))];
    } else {
      const { args, kwargs } = fieldsOf(node);
      const named = Object.entries(fieldsOf(kwargs)).filter(([, it]) => it !== null);
      list = [
        ...listIn(args).map((it): Arg => ({ name: undefined, value: value(it) })),
        ...named.map(([name, it]): Arg => ({ name, value: value(it) })),
      ];
    }
    return made.whole ? list : undefined;
  }
  private tensor(
    [layer, node, index]: readonly Json[],
    tensors: ReadonlyMap<string, readonly TensorValue[]>,
    made: { whole: boolean },
  ): Value {
    const found = tensors.get(`${layer} ${node}`)?.[Number(index)];
    if (found === undefined) made.whole = false;
    return found ?? unknown("a tensor of the model that is not made");
  }

  private ends(data: Json | undefined, tensors: ReadonlyMap<string, readonly TensorValue[]>, isOld: boolean): Value {
    const isPlace = (it: Json): boolean => Array.isArray(it) && typeof it[0] === "string" && typeof it[1] === "number";
    const value = (it: Json): Value => {
      if (isPlace(it)) return this.tensor(listIn(it), tensors, { whole: true });
      if (Array.isArray(it)) return makeList(this.m, it.map(value));
      return makeRecord(
        this.m,
        Object.fromEntries(Object.entries(fieldsOf(it)).map(([key, one]) => [key, value(one)])),
      );
    };
    const list = listIn(data);
    return isOld && list.length === 1 && list[0] !== undefined ? value(list[0]) : value(data ?? null);
  }

  private plain(data: Json): Value {
    if (data === null) return NONE_VALUE;
    if (typeof data === "boolean") return bool(data);
    if (typeof data === "string") return str(data);
    if (typeof data === "number") return Number.isSafeInteger(data) ? int(data) : float(data);
    if (Array.isArray(data))
      return makeList(
        this.m,
        data.map((it) => this.plain(it as Json)),
      );
    return makeRecord(this.m, Object.fromEntries(Object.entries(data).map(([key, it]) => [key, this.plain(it)])));
  }
}

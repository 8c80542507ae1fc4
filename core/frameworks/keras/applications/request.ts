import type { Machine } from "../../../interpreter/machine.ts";
import {
  type Arg,
  float,
  int,
  NONE_VALUE,
  numberOf,
  reasonOf,
  str,
  stringOf,
  type TensorValue,
  type Value,
} from "../../../interpreter/values.ts";
import { type Dim, identical, isUnknown, NONE, provablyDifferent } from "../../../tensor/dim.ts";
import { hasRank, identicalShapes, printShape, Shape } from "../../../tensor/shape.ts";
import { readShape } from "../runtime/input.ts";
import { isSymbolic } from "../runtime/tensors.ts";
import type { Signature } from "../signatures.ts";
import type { Builder, Condition, End } from "./data.ts";

/** What a builder's arguments come to: the shape of its input, and which of its assemblies it is. */

/** Thrown where that is not certain, or where Keras raises; caught at the builder's call. */
export class Unclear extends Error {}
export const unclear = (reason: string): never => {
  throw new Unclear(reason);
};
/** Thrown where Keras certainly raises, for what one argument says. */
export class Refused extends Unclear {
  readonly arg: Arg | undefined;
  /** What the argument would have to say. */
  readonly fresh: string | undefined;
  constructor(reason: string, arg: Arg | undefined, fresh: string | undefined) {
    super(reason);
    this.arg = arg;
    this.fresh = fresh;
  }
}

export class Request {
  private readonly m: Machine;
  private readonly builder: Builder;
  private readonly given: Readonly<Record<string, Arg>>;
  private readonly signature: Signature;
  readonly name: string;
  readonly includeTop: boolean;
  readonly tensor: TensorValue | undefined;
  /** Without the batch axis. */
  readonly shape: Shape;

  constructor(m: Machine, builder: Builder, signature: Signature, given: Readonly<Record<string, Arg>>) {
    this.m = m;
    this.builder = builder;
    this.signature = signature;
    this.name = signature.name.slice(signature.name.lastIndexOf(".") + 1);
    this.given = given;
    this.includeTop = this.flag("include_top");
    this.tensor = this.inputTensor();
    this.checkWeights();
    this.shape = this.inputShape();
  }

  /** The argument, or the default that Keras has for it; undefined where it has no such parameter. */
  argument(name: string): Value | undefined {
    const given = this.given[name]?.value;
    if (given !== undefined) return given;
    const parameter = this.signature.parameters?.find((it) => it.name === name)?.default;
    if (parameter === undefined || !("literal" in parameter)) return undefined;
    const { literal } = parameter;
    if (literal === null) return NONE_VALUE;
    if (typeof literal === "string") return str(literal);
    if (typeof literal === "boolean") return { kind: "bool", value: literal };
    if ("int" in literal) return int(literal.int);
    return "float" in literal ? float(literal.float) : undefined;
  }
  private known(name: string): Value {
    const value = this.argument(name) ?? NONE_VALUE;
    const reason = reasonOf(value);
    return reason === undefined ? value : unclear(reason);
  }
  private flag(name: string): boolean {
    const value = this.known(name);
    if (value.kind === "none") return false;
    const number = numberOf(value);
    return number === undefined ? unclear(`whether ${name} holds is not known`) : number !== 0;
  }

  /** The model's name; undefined where Keras makes one up. */
  get modelName(): Value | undefined {
    const value = this.argument("name");
    if (value !== undefined && value.kind !== "none") return value;
    if (!/^MobileNet(?:V2)?$/.test(this.name)) return undefined;
    const [rows, columns] = this.shape;
    const standard = rows === columns && this.sizes.some((it) => it === rows);
    const shown = this.imagenet === true && !standard ? 224 : rows === NONE ? "None" : rows;
    if (this.imagenet === undefined || !["number", "string"].includes(typeof shown)) return { ...UNNAMED };
    return str(`${this.name.toLowerCase()}_${(numberOf(this.known("alpha")) ?? 1).toFixed(2)}_${String(shown)}`);
  }
  /** The sizes for which there are weights of its own. */
  private get sizes(): readonly number[] {
    return this.name === "MobileNetV2" ? [96, 128, 160, 192, 224] : [128, 160, 192, 224];
  }

  /** Whether the weights are ImageNet's; undefined where that is not known. */
  private get imagenet(): boolean | undefined {
    const value = this.argument("weights");
    if (value === undefined || reasonOf(value) !== undefined) return undefined;
    return stringOf(value) === "imagenet";
  }
  private checkWeights(): void {
    if (!this.includeTop || this.argument("weights")?.kind === "none") return;
    const classes = numberOf(this.argument("classes"));
    if (this.imagenet === true && classes !== undefined && classes !== 1000)
      this.refuseValue(
        "classes",
        `with include_top and the weights of ImageNet, classes must be 1000; this is ${classes}`,
      );
    const activation = stringOf(this.argument("classifier_activation"));
    if (this.imagenet === true && activation !== undefined && !["softmax", "linear"].includes(activation))
      unclear(`Keras raises: with pretrained weights, classifier_activation can only be None or "softmax"`);
  }

  private inputTensor(): TensorValue | undefined {
    const value = this.known("input_tensor");
    if (value.kind === "none") return undefined;
    if (value.kind !== "tensor" || !isSymbolic(value) || value.assumed || value.id < 0)
      return unclear("its input_tensor is not a symbolic tensor that is known");
    return value;
  }

  // ---- the input's shape
  // -------------------------------------------------------------------------------------------------

  private get saidShape(): Shape | undefined {
    const value = this.known("input_shape");
    if (value.kind === "none") return undefined;
    const shape = readShape(this.m, value);
    if (!hasRank(shape)) return unclear(shape.reason);
    if (shape.rank !== 3) return unclear("Keras raises: input_shape must have three sizes");
    return shape;
  }
  private inputShape(): Shape {
    const said = this.saidShape;
    const across = this.tensor?.shape;
    if (this.name.startsWith("MobileNetV") && said !== undefined && across !== undefined) {
      const same = hasRank(across) && across.rank === 4 && identical(across.at(2) as Dim, said.at(1) as Dim);
      if (!same) unclear("Keras raises where input_shape and input_tensor differ: these may");
    }
    if (this.name.startsWith("MobileNetV3")) return this.atLeast(said ?? this.tensorSizes() ?? ANY);
    if (this.name === "NASNetMobile" && !this.includeTop) return this.obtained(said ?? new Shape([224, 224, 3]));
    return this.obtained(said);
  }
  /** `(columns, rows, 3)` of the input tensor, in this order. */
  private tensorSizes(): Shape | undefined {
    const shape = this.tensor?.shape;
    if (shape === undefined) return undefined;
    if (!hasRank(shape) || shape.rank !== 4) return unclear("its input_tensor is not one of images");
    return new Shape([shape.at(2) as Dim, shape.at(1) as Dim, 3]);
  }
  private get defaultSize(): Dim {
    const said = this.saidShape;
    const from = said ?? (this.name === "MobileNetV2" ? this.tensorSizes() : undefined);
    const [rows, columns] = from ?? [];
    const square = rows === columns && this.sizes.some((it) => it === rows);
    const follows = this.name === "MobileNet" || this.name === "MobileNetV2";
    return follows && square && rows !== undefined ? rows : (this.builder.size ?? NONE);
  }
  /** `obtain_input_shape` of keras.src.applications.imagenet_utils. */
  private obtained(said: Shape | undefined): Shape {
    const size = this.defaultSize;
    const whole = new Shape([size, size, 3]);
    if (this.imagenet === true && this.includeTop) {
      if (said !== undefined && !identicalShapes(said, whole))
        unclear(`Keras raises: with include_top and the weights of ImageNet, input_shape is (${String(size)}, …, 3)`);
      return whole;
    }
    if (said === undefined) return this.includeTop ? whole : ANY;
    if (this.imagenet === true && provablyDifferent(said.at(2) as Dim, 3))
      this.refuse(
        "the weights of ImageNet are for 3 channels",
        said.map((dim, i) => (i === 2 ? 3 : dim)),
      );
    if (this.imagenet === true && !identical(said.at(2) as Dim, 3)) unclear("the number of channels is not known");
    const open = [...said].some((dim) => dim === NONE);
    if (this.includeTop && open) unclear("Keras raises: with include_top, input_shape must have no None");
    if (this.imagenet === true && open && this.name.startsWith("NASNet"))
      unclear("Keras raises: with the weights of ImageNet, NASNet's input_shape must have no None");
    return this.atLeast(said);
  }
  private atLeast(shape: Shape): Shape {
    const { least } = this.builder;
    if ([...shape.slice(0, 2)].some((dim) => typeof dim === "number" && dim < least))
      this.refuse(
        `its input must have at least ${least} rows and columns`,
        shape.map((dim, i) => (i < 2 && typeof dim === "number" ? Math.max(dim, least) : dim)),
      );
    return shape;
  }
  private refuseValue(argument: string, reason: string): never {
    throw new Refused(`Keras raises: ${reason}`, this.given[argument], undefined);
  }
  private refuse(reason: string, fresh: Shape): never {
    throw new Refused(`Keras raises: ${reason}`, this.given["input_shape"], printShape(fresh));
  }

  // ---- which assembly
  // ----------------------------------------------------------------------------------------------------

  meets(condition: Condition): boolean {
    return Object.entries(condition).every(([name, wanted]) => this.fact(name) === wanted);
  }
  private fact(name: string): boolean | number {
    switch (name) {
      case "alpha":
        return numberOf(this.known(name)) ?? unclear("its alpha is not known");
      case "imagenet":
        return this.imagenet ?? unclear("whether its weights are those of ImageNet is not known");
      case "rgb":
        return this.certain(this.shape.at(2), "the number of channels") === 3;
      case "width": {
        const width = this.tensor === undefined ? this.shape.at(1) : this.tensorSizes()?.at(0);
        const size = this.certain(width, "the width of its input");
        return size === undefined ? false : size >= this.builder.least || unclear("its input is too small");
      }
      default:
        return this.flag(name);
    }
  }
  /** A number; undefined for `None`. */
  private certain(dim: Dim | undefined, what: string): number | undefined {
    if (dim === NONE) return undefined;
    return typeof dim === "number" ? dim : unclear(isUnknown(dim ?? 0) ? `${what} is not known` : `${what} is a name`);
  }

  get end(): End {
    if (this.includeTop) {
      const dropout = this.name.startsWith("MobileNetV3") ? this.known("dropout_rate") : undefined;
      const rate = dropout === undefined ? 1 : numberOf(dropout);
      return (rate ?? unclear("its dropout_rate is not known")) > 0 ? "top" : "topWithoutDropout";
    }
    const pooling = this.known("pooling");
    const asked = stringOf(pooling);
    return asked === "avg" || asked === "max" ? asked : "none";
  }
}
const ANY = new Shape([NONE, NONE, 3]);
const UNNAMED = { kind: "unknown", reason: "the name follows from a size or weights that are not known" } as const;

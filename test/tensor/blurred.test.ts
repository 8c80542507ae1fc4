/**
 * What is not known never makes a wrong claim. Every recorded question is asked again with some of its sizes replaced
 * by a symbol or an unknown. Then a conflict may be claimed only where the library raised; and where it did not, each
 * size claimed must be the recorded one once the symbols have their values.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Dim, isUnknown, NONE, printDim, substitute, symbol, unknown } from "../../core/tensor/dim.ts";
import { printShape, Shape, UnknownRank } from "../../core/tensor/shape.ts";
import { chosenSeed, randomSource } from "../random.ts";
import { pick } from "./arithmetic.ts";
import { ask, plain, recordings, type Size, shape } from "./rules.ts";

/** Recordings of which the arguments are sizes, not axes or equations. */
const SIZES_AS_ARGUMENTS = [
  "reshape",
  "tile",
  "pad",
  "conv",
  "conv_transpose",
  "getitem",
  "getitem_symbolic",
  "split_at",
];
const ROUNDS = 12;

class Blur {
  readonly values = new Map<string, Dim>();
  private readonly random: () => number;
  constructor(random: () => number) {
    this.random = random;
  }
  size(size: Size): Size {
    if (typeof size !== "number" || this.random() < 0.5) return size;
    if (this.random() < 0.3) return unknown("blurred");
    const id = `s${this.values.size}`;
    this.values.set(id, size);
    const min = pick(this.random, [Math.min(size, 0), Math.min(size, 1), size]);
    return this.random() < 0.15 ? symbol("t", { min, id }) : symbol(id, { min });
  }
  /** Every number in a JSON value. */
  all(it: unknown): unknown {
    if (typeof it === "number") return this.size(it);
    if (Array.isArray(it)) return it.map((part) => this.all(part));
    if (typeof it !== "object" || it === null) return it;
    return Object.fromEntries(Object.entries(it).map(([key, part]) => [key, key === "array" ? part : this.all(part)]));
  }
}

/** Does the answer, its symbols given their values, allow what was recorded? */
function allows(answer: unknown, recorded: unknown, values: ReadonlyMap<string, Dim>): boolean {
  if (answer instanceof UnknownRank) return true;
  if (typeof answer === "object" && answer !== null && "shape" in answer) return allows(answer.shape, recorded, values);
  if (!Array.isArray(recorded)) return false;
  if (Array.isArray(answer))
    return answer.length === recorded.length && answer.every((part, i) => allows(part, recorded[i], values));
  if (!(answer instanceof Shape) || answer.rank !== recorded.length) return false;
  return answer.dims.every((claimed, i) => {
    const settled = substitute(claimed, values);
    return isUnknown(settled) || settled === (recorded[i] ?? NONE);
  });
}

for (const [name, cases] of recordings)
  test(`${name}: less is known, nothing wrong is claimed`, () => {
    const seed = chosenSeed();
    const random = randomSource(seed);
    for (const { shapes, args, gives } of cases)
      for (let round = 0; round < ROUNDS; round++) {
        const blur = new Blur(random);
        const vague = shapes.map((sizes) => shape(sizes.map((size) => blur.size(size))));
        const vagueArgs = SIZES_AS_ARGUMENTS.includes(name) ? blur.all(args) : args;
        const answer = ask(name, vague, vagueArgs);
        const settled = [...blur.values].map(([id, value]) => `${id}=${printDim(value)}`).join(" ");
        const question = `SEED=${seed}: ${vague.map(printShape)} ${JSON.stringify(args)} ${settled}`;
        if (plain(answer) === "raises") assert.equal(gives, "raises", question);
        else if (gives !== "raises") assert.ok(allows(answer, gives, blur.values), question);
      }
  });

import { type Conflict, conflict } from "../../tensor/conflict.ts";
import { type Dim, floorDivide, mayDivide, printDim, product, provablyDifferent } from "../../tensor/dim.ts";
import { printShape, Shape } from "../../tensor/shape.ts";

/**
 * Patterns of axes by name, `b (h w) c -> b h w c`, as einops and `keras.ops.rearrange` have them. Constraints:
 * `pattern-valid`, `labels-per-axis`, `elements-divide`, `labelled-axes-equal`.
 */

/** The axes of one side: each a list of names, more than one where they are merged. */
function sideOf(text: string): readonly (readonly string[])[] | undefined {
  const groups = text.trim().match(/\([^()]*\)|[^\s()]+/g) ?? [];
  const plain = text.replace(/\([^()]*\)/g, "").includes("(") || text.replace(/\([^()]*\)/g, "").includes(")");
  if (plain || text.includes("...")) return undefined;
  return groups.map((group) =>
    group
      .replace(/[()]/g, "")
      .split(/\s+/)
      .filter((name) => name !== ""),
  );
}

/** The shape after `pattern`; undefined where the pattern has a form that is not followed, such as an ellipsis. */
export function rearranged(
  shape: Shape,
  pattern: string,
  lengths: ReadonlyMap<string, Dim>,
): Shape | Conflict | undefined {
  const [before = "", after, ...more] = pattern.split("->");
  if (after === undefined || more.length > 0) return conflict("pattern-valid", `"${pattern}"`);
  const [from, to] = [sideOf(before), sideOf(after)];
  if (from === undefined || to === undefined) return undefined;
  if (from.length !== shape.rank) return conflict("labels-per-axis", `"${before.trim()}" for ${printShape(shape)}`);
  const sizes = new Map(lengths);
  for (const [i, names] of from.entries()) {
    const broken = bind(shape.at(i), names, sizes);
    if (broken !== undefined) return broken;
  }
  const stray = to.flat().find((name) => name !== "1" && !sizes.has(name));
  if (stray !== undefined) return conflict("pattern-valid", `${stray} in "${pattern}"`);
  return new Shape(to.map((names) => product(names.map((name) => (name === "1" ? 1 : (sizes.get(name) ?? 1))))));
}

/** Gives the size of one axis to the names that it is made of; one of them may be inferred. */
function bind(size: Dim, names: readonly string[], sizes: Map<string, Dim>): Conflict | undefined {
  const open = names.filter((name) => name !== "1" && !sizes.has(name));
  const known = product(names.map((name) => sizes.get(name) ?? 1));
  const [only, ...others] = open;
  if (others.length > 0) return conflict("pattern-valid", `${open.join(" and ")} are both left open`);
  if (only === undefined)
    return provablyDifferent(known, size)
      ? conflict("labelled-axes-equal", `${names.join(" ")} is ${printDim(known)} and ${printDim(size)}`)
      : undefined;
  if (!mayDivide(known, size)) return conflict("elements-divide", `${printDim(size)} by ${printDim(known)}`);
  sizes.set(only, known === 1 ? size : floorDivide(size, known));
  return undefined;
}

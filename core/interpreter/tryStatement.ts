import type { Expression, Handler, Try } from "../python/syntax.ts";
import { evaluate, uncertain } from "./evaluate.ts";
import { execute } from "./execute.ts";
import { type Exits, followed, joinExits } from "./exits.ts";
import { eachWay, onwards } from "./leaving.ts";
import type { Machine } from "./machine.ts";
import { bindName } from "./names.ts";
import { guardedBy } from "./raising.ts";
import { isSubclass, type Value } from "./values.ts";

/** The variable that keeps what the running handler caught, for a bare `raise`. */
export const CAUGHT = "%caught";

/**
 * The body is taken to succeed unless it certainly raises: `try: import x / except ImportError: …` takes the try. What
 * a framework would raise inside is caught, so it is no fault there.
 */
export function tryStatement(m: Machine, node: Try): Exits | undefined {
  const caught = node.handlers.length > 0;
  let exits = caught ? guarded(m, node) : execute(m, node.body);
  const { raised } = exits ?? {};
  if (exits === undefined || raised === undefined || !caught) exits = withElse(m, node, exits);
  else {
    const main = withElse(m, node, { ...exits, raised: undefined }) ?? { normal: m.state };
    m.state = raised.state;
    const certain = main.normal === undefined && main.returned === undefined;
    const handled = certain
      ? handle(m, node.handlers, raised.value)
      : uncertain(m, () => handle(m, node.handlers, raised.value));
    exits = joinExits(main, handled === "unhandled" ? { normal: undefined, raised } : (handled ?? { normal: m.state }));
    m.state = exits.normal ?? m.state;
  }
  return node.finally === undefined ? exits : finish(m, node.finally, exits);
}

function guarded(m: Machine, node: Try): Exits | undefined {
  const { guards } = m;
  m.guarded++;
  m.guards = guardedBy(
    guards,
    node.handlers.flatMap(({ type }) => namesOf(type)),
  );
  try {
    return execute(m, node.body);
  } finally {
    m.guarded--;
    m.guards = guards;
  }
}
const namesOf = (type: Expression | undefined): readonly string[] =>
  type === undefined
    ? ["BaseException"]
    : type.kind === "Tuple"
      ? type.items.flatMap(namesOf)
      : type.kind === "Name" || type.kind === "Attribute"
        ? [type.name]
        : [];

/** The `else` block follows a body that went through. */
function withElse(m: Machine, node: Try, exits: Exits | undefined): Exits | undefined {
  if (exits?.normal !== undefined) m.state = exits.normal;
  if (node.otherwise === undefined || (exits !== undefined && exits.normal === undefined)) return exits;
  const after = execute(m, node.otherwise);
  if (after !== undefined) return followed(exits, after);
  return exits === undefined ? undefined : { ...exits, normal: m.state };
}

function handle(m: Machine, handlers: readonly Handler[], value: Value): Exits | undefined | "unhandled" {
  for (const { type, name, body } of handlers) {
    if (type !== undefined && !mayCatch(evaluate(m, type), value)) continue;
    if (name !== undefined) bindName(m, name, value);
    const cell = m.cell(m.scope, CAUGHT);
    const outer = m.read(cell);
    m.write(cell, value);
    const exits = execute(m, body);
    m.write(cell, outer);
    return exits;
  }
  return "unhandled";
}

function mayCatch(type: Value, value: Value): boolean {
  if (type.kind === "tuple") return type.items.some((item) => mayCatch(item, value));
  const raised = value.kind === "instance" ? value.class : value.kind === "class" ? value : undefined;
  return type.kind !== "class" || raised === undefined || isSubclass(raised, type);
}

/** `finally` runs after each way out, which goes another way where the block itself leaves. */
function finish(m: Machine, block: Try["body"], exits: Exits | undefined): Exits | undefined {
  if (exits === undefined) return execute(m, block);
  return eachWay(m, exits, (way) => {
    const after = execute(m, block);
    const through = onwards(m, way);
    if (after === undefined) return through;
    return after.normal === undefined ? after : joinExits(through, { ...after, normal: undefined });
  });
}

import type { Place } from "./values.ts";

/** The names of a module, a function's run or a class body. What each name holds is a cell of the heap. */
export interface Scope {
  readonly id: number;
  readonly kind: "module" | "function" | "class" | "comprehension";
  readonly path: string;
  readonly parent: Scope | undefined;
  readonly cells: Map<string, number>;
  /** Names that a `global` or `nonlocal` statement sends elsewhere. */
  readonly redirected: Map<string, Scope>;
}

/** The cell that changes when a scope gets a variable that it never had; there only where someone asked for all. */
export const EVERY_NAME = "%every";

/**
 * Where the evaluation stands: the chain of calls and loop iterations that led here. Contexts are interned, so the same
 * chain is the same object in every analysis; scopes and allocations hang on it and so keep their identity when text
 * moves.
 */
export interface Context {
  readonly parent: Context | undefined;
  readonly depth: number;
  /** The code of the function that is called. */
  readonly code: number | undefined;
  /** The calls that led here, innermost first: one list for all that is seen here. */
  readonly callers: readonly Place[];
  readonly children: Map<string, Context>;
  /** Allocated ids in order, by what allocated them: a statement. */
  readonly allocations: Map<number, number[]>;
  scope: Scope | undefined;
}

export const rootContext = (): Context => ({
  parent: undefined,
  depth: 0,
  code: undefined,
  callers: [],
  children: new Map(),
  allocations: new Map(),
  scope: undefined,
});

export function childContext(
  parent: Context,
  key: string,
  caller: Place | undefined,
  isCall = caller !== undefined,
  code?: number,
): Context {
  const known = parent.children.get(key);
  if (known !== undefined) return known;
  const depth = parent.depth + (isCall ? 1 : 0);
  const made: Context = {
    parent,
    depth,
    code,
    callers: caller === undefined ? parent.callers : [caller, ...parent.callers],
    children: new Map(),
    allocations: new Map(),
    scope: undefined,
  };
  parent.children.set(key, made);
  return made;
}

/** How often the code is being run already. */
export function timesWithin({ parent }: Context, code: number): number {
  let times = 0;
  for (let it = parent; it !== undefined; it = it.parent) if (it.code === code) times++;
  return times;
}

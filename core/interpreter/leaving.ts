import { uncertain } from "./evaluate.ts";
import { type Exits, joinExits } from "./exits.ts";
import type { Machine } from "./machine.ts";

/**
 * Each way out by itself, from the state there; `run` says where it leads. Where there are several, none is certain.
 */
export function eachWay(m: Machine, exits: Exits, run: (way: Exits) => Exits): Exits {
  const ways: readonly Exits[] = [
    { normal: exits.normal },
    { normal: undefined, returned: exits.returned },
    { normal: undefined, raised: exits.raised },
    { normal: undefined, broke: exits.broke },
    { normal: undefined, continued: exits.continued },
  ].filter((it) => Object.values(it).some((state) => state !== undefined));
  if (ways.length === 0) return exits;
  const from = (way: Exits): Exits => {
    m.state = way.normal ?? way.returned?.state ?? way.raised?.state ?? way.broke ?? way.continued ?? m.state;
    return run(way);
  };
  const after = ways.map((way) => (ways.length === 1 ? from(way) : uncertain(m, () => from(way))));
  const joined = after.reduce(joinExits);
  if (joined.normal !== undefined) m.state = joined.normal;
  return joined;
}

/** The same way out, from the machine's present state. */
export function onwards(m: Machine, way: Exits): Exits {
  const { state } = m;
  return {
    normal: way.normal && state,
    returned: way.returned && { ...way.returned, state },
    raised: way.raised && { ...way.raised, state },
    broke: way.broke && state,
    continued: way.continued && state,
  };
}

import type { Location } from "./analysis.ts";
import type { Place } from "./interpreter/values.ts";
import { statementsIn } from "./python/statements.ts";
import type { Module } from "./python/syntax.ts";

/** Where statements stand now: places are relative to them, so that an edit before them changes nothing in them. */
export class Locator {
  private readonly moduleAt: (path: string) => Module | undefined;
  private readonly starts = new Map<string, ReadonlyMap<number, number> | undefined>();

  constructor(moduleAt: (path: string) => Module | undefined) {
    this.moduleAt = moduleAt;
  }

  /** The offset that a place's statement begins at; undefined for a statement that no longer stands anywhere. */
  startOf({ path, statement }: Pick<Place, "path" | "statement">): number | undefined {
    let starts = this.starts.get(path);
    if (starts === undefined && !this.starts.has(path)) {
      const module = this.moduleAt(path);
      starts = module && new Map(statementsIn(module).map(({ statement, start }) => [statement.id, start]));
      this.starts.set(path, starts);
    }
    return starts?.get(statement);
  }

  readonly locate = (place: Place): Location | undefined => {
    const start = this.startOf(place);
    if (start === undefined) return undefined;
    const { path, span } = place;
    return { path, span: { start: start + span.start, end: start + span.end } };
  };

  /** The first of some places that stands in a file: the call of it, say, that led to what was made elsewhere. */
  firstIn(path: string, places: readonly Place[]): Location | undefined {
    return places.map(this.locate).find((location) => location?.path === path);
  }
}
export type Locate = Locator["locate"];

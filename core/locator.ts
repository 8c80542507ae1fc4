import type { Location } from "./analysis.ts";
import type { Place } from "./interpreter/values.ts";
import type { Document } from "./python/parser.ts";
import type { Module } from "./python/syntax.ts";

/** Where statements stand now: places are relative to them, so that an edit before them changes nothing in them. */
export class Locator {
  private readonly documentAt: (path: string) => Document | undefined;
  private readonly lists = new Map<readonly Place[], readonly Location[]>();

  constructor(documentAt: (path: string) => Document | undefined) {
    this.documentAt = documentAt;
  }

  readonly moduleOf = (path: string): Module | undefined => this.documentAt(path)?.module;

  /** The offset that a place's statement begins at; undefined for a statement that no longer stands anywhere. */
  startOf({ path, statement }: Pick<Place, "path" | "statement">): number | undefined {
    return this.documentAt(path)?.startOf(statement);
  }

  readonly locate = (place: Place): Location | undefined => {
    const start = this.startOf(place);
    if (start === undefined) return undefined;
    const { path, span } = place;
    return { path, span: { start: start + span.start, end: start + span.end } };
  };

  /** Those of some places that stand anywhere. Many hints come through the same calls, so a list is located once. */
  locateAll(places: readonly Place[]): readonly Location[] {
    let located = this.lists.get(places);
    if (located === undefined) {
      const all = places.map(this.locate);
      located = isWhole(all) ? all : all.filter((location) => location !== undefined);
      this.lists.set(places, located);
    }
    return located;
  }

  /** The first of some places that stands in a file: the call of it, say, that led to what was made elsewhere. */
  firstIn(path: string, places: readonly Place[]): Location | undefined {
    for (const place of places) if (place.path === path && this.startOf(place) !== undefined) return this.locate(place);
    return undefined;
  }
}
const isWhole = (all: readonly (Location | undefined)[]): all is readonly Location[] => !all.includes(undefined);
export type Locate = Locator["locate"];

/** What is made of places, kept as long as none of their statements moves. */
export class Located<T> {
  /** One place in each statement, and where those statements began last. */
  private readonly anchors: readonly Place[];
  private readonly starts: (number | undefined)[];
  private readonly make: (locator: Locator) => T;
  private made: { readonly value: T } | undefined;

  constructor(places: readonly Place[], make: (locator: Locator) => T) {
    this.anchors = [...new Map(places.map((place) => [place.statement, place])).values()];
    this.starts = this.anchors.map(() => undefined);
    this.make = make;
  }

  at(locator: Locator): T {
    const moved = this.moved(locator);
    if (moved || this.made === undefined) this.made = { value: this.make(locator) };
    return this.made.value;
  }
  private moved(locator: Locator): boolean {
    let moved = false;
    let i = 0;
    for (const anchor of this.anchors) {
      const start = locator.startOf(anchor);
      if (start !== this.starts[i]) moved = true;
      this.starts[i++] = start;
    }
    return moved;
  }
}

import type { Place } from "../../../interpreter/values.ts";
import type { LoweredRow } from "../../../lowering/lowering.ts";

export type Row = LoweredRow<Place>;

/** A place in the list that is held for a row; what is still hidden in the end is left out. */
export interface Slot {
  row: Row;
  hidden: boolean;
}

/** The rows in the order of a summary: a layer that is made of other calls stands before them, less indented. */
export class Rows {
  private readonly slots: Slot[] = [];
  /** The layers that are being run, from the outside in. */
  private readonly open: Slot[] = [];

  get shown(): readonly Row[] {
    return this.slots.filter((it) => !it.hidden).map((it) => it.row);
  }
  add(row: Omit<Row, "depth">, hidden = false): Slot {
    const slot = { row: { ...row, depth: this.open.length }, hidden };
    this.slots.push(slot);
    return slot;
  }
  /** `row` stands for the layer until what it gives is known. */
  enter(row: Omit<Row, "depth">): void {
    this.open.push(this.add(row));
  }
  /** The row of the layer that ran last, to be filled in. */
  leave(): Slot | undefined {
    return this.open.pop();
  }
  /** The rows that stand one deeper than this one, which were added last. */
  under(slot: Slot): readonly Row[] {
    const behind = this.slots.slice(this.slots.indexOf(slot) + 1);
    return behind.map((it) => it.row).filter((it) => it.depth === slot.row.depth + 1);
  }
}

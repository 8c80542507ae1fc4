import { printBytes } from "../../server/features/numbers.ts";
import { verdictOn } from "../../server/features/prediction.ts";
import type { ForwardRow } from "../../server/protocol/messages.ts";
import type { FromPage } from "../views/forwardMessages.ts";
import { arranged, type Mark, marksOf, nextSorting, type Sorting, type SortKey } from "../views/rowOrder.ts";
import { element } from "./dom.ts";
import { histogram } from "./histogram.ts";
import { count, milliseconds, real, share } from "./numbers.ts";

type Post = (message: FromPage) => void;
type Statistics = NonNullable<ForwardRow["statistics"]>;

interface Column {
  readonly title: string;
  readonly tip: string;
  readonly key?: SortKey;
  readonly isText?: boolean;
  cell(row: ForwardRow, post: Post): HTMLElement;
}

const cell = (text: string, kind = "number"): HTMLElement => element("td", { class: kind }, [text]);
const known = (value: number | undefined, print: (value: number) => string): HTMLElement =>
  cell(value === undefined ? "–" : print(value));

const statistic = (
  title: string,
  tip: string,
  of: (s: Statistics) => number,
  print: (n: number) => string,
): Column => ({
  title,
  tip,
  key: ({ statistics }) => finite(statistics && of(statistics)),
  cell: ({ statistics }) => known(statistics && of(statistics), print),
});
const finite = (value: number | undefined) => (value === undefined || Number.isNaN(value) ? undefined : value);

const COSTS: readonly Column[] = [
  {
    title: "Predicted",
    tip: "What the hints say, for this batch size",
    cell: (row) => cell(row.predicted || "?", "shape"),
  },
  { title: "Actual", tip: "What came out of the engine", cell: actualCell },
  {
    title: "Params",
    tip: "Parameters",
    key: ({ params }) => params,
    cell: ({ params }) => known(params, count),
  },
  {
    title: "MACs",
    tip: "Multiply–accumulates on one sample",
    key: ({ macs }) => macs,
    cell: ({ macs }) => known(macs, count),
  },
  {
    title: "ms",
    tip: "Milliseconds in the engine",
    key: ({ time }) => time,
    cell: ({ time }) => cell(milliseconds(time)),
  },
  {
    title: "Memory",
    tip: "What came out takes so much",
    key: (row) => row.bytes,
    cell: (row) => known(row.bytes, printBytes),
  },
];
const STATISTICS: readonly Column[] = [
  {
    title: "Numbers",
    tip: "How they lie between the smallest and the largest",
    cell: ({ statistics: s }) => element("td", {}, s && s.histogram.length > 0 ? [histogram(s.histogram)] : ["–"]),
  },
  statistic("Mean", "Of all finite numbers of the output", (s) => s.mean, real),
  statistic("Std", "Standard deviation", (s) => s.std, real),
  statistic("Min", "The smallest number", (s) => s.min, real),
  statistic("Max", "The largest number", (s) => s.max, real),
  statistic("Zeros", "The share of exact zeros", (s) => s.zeros, share),
  {
    title: "NaN/Inf",
    tip: "How many are not finite",
    key: ({ statistics: s }) => s && s.nan + s.infinite,
    cell: badCell,
  },
];
const LAYER: Omit<Column, "cell"> = {
  title: "Layer",
  tip: "Enter or a click goes to its line",
  key: ({ name }) => name,
  isText: true,
};
const COLUMNS = [LAYER, ...COSTS, ...STATISTICS];

/** The rows of a run; which of them, and in what order, is for whoever looks. */
export class ForwardTable {
  readonly root: HTMLElement;
  private readonly post: Post;
  private readonly body = element("tbody", {});
  private readonly head = element("tr", {});
  private rows: readonly ForwardRow[] = [];
  private sorting: Sorting | undefined;
  private filter = "";

  constructor(post: Post) {
    this.post = post;
    this.body.addEventListener("keydown", moveFocus);
    const table = element("table", { "aria-label": "Layers" }, [element("thead", {}, [this.head]), this.body]);
    this.root = element("div", { class: "scroll" }, [table]);
  }

  show(rows: readonly ForwardRow[]): void {
    this.rows = rows;
    this.draw();
  }
  narrow(filter: string): void {
    this.filter = filter;
    this.draw();
  }

  private draw(): void {
    const { sorting, filter } = this;
    const key = sorting && COLUMNS[sorting.column]?.key;
    const marks = marksOf(this.rows);
    const isNested = sorting === undefined && filter.trim() === "";
    const shown = arranged(this.rows, filter, key, sorting?.descending === true);
    this.head.replaceChildren(...COLUMNS.map((column, i) => this.header(column, i)));
    this.body.replaceChildren(...shown.map((row) => rowElement(row, marks.get(row.index) ?? [], isNested, this.post)));
  }
  private header({ title, tip, key, isText = false }: Omit<Column, "cell">, column: number): HTMLElement {
    if (key === undefined) return element("th", { scope: "col", title: tip }, [title]);
    const isSorted = this.sorting?.column === column;
    const way = !isSorted ? "none" : this.sorting?.descending ? "descending" : "ascending";
    const arrow = way === "none" ? "" : way === "descending" ? " ↓" : " ↑";
    const button = element("button", { type: "button", title: `${tip}. Click to sort` }, [title + arrow]);
    button.addEventListener("click", () => {
      this.sorting = nextSorting(this.sorting, column, isText);
      this.draw();
      this.head.children[column]?.querySelector("button")?.focus();
    });
    return element("th", { scope: "col", "aria-sort": way }, [button]);
  }
}

/** Arrow keys, Home and End go through the rows. */
function moveFocus(event: KeyboardEvent): void {
  const here = (event.target as HTMLElement).closest("tr");
  const all = here?.parentElement?.children;
  if (!here || !all) return;
  const targets: Readonly<Record<string, Element | null | undefined>> = {
    ArrowDown: here.nextElementSibling,
    ArrowUp: here.previousElementSibling,
    Home: all[0],
    End: all[all.length - 1],
  };
  const next = targets[event.key];
  if (!(next instanceof HTMLElement)) return;
  event.preventDefault();
  next.focus();
}

function actualCell(row: ForwardRow, post: Post): HTMLElement {
  const verdict = verdictOn(row.predicted, row.actual);
  if (verdict === "same" || verdict === "open") {
    const tip = verdict === "same" ? "As predicted" : "Fits what was predicted";
    return element("td", { class: "shape" }, [
      row.actual ?? "",
      element("span", { class: "fits", title: tip }, [" ✓"]),
    ]);
  }
  if (verdict === undefined) return cell(row.actual ?? "–", "shape");
  if (row.differs !== undefined)
    return element("td", { class: "shape wrong" }, [row.actual ?? "", element("div", {}, [row.differs])]);
  const report = element("button", { type: "button", class: "link" }, ["Report it"]);
  report.addEventListener("click", (event) => {
    event.stopPropagation();
    post({ type: "report", index: row.index });
  });
  const words = "Inlayer predicted this wrongly: a defect of Inlayer, not of your model. ";
  return element("td", { class: "shape wrong" }, [row.actual ?? "", element("div", {}, [words, report])]);
}

function badCell({ statistics }: ForwardRow): HTMLElement {
  if (statistics === undefined) return cell("–");
  const { nan, infinite } = statistics;
  const tip = `${count(nan)} NaN, ${count(infinite)} infinite`;
  return element("td", { class: nan + infinite > 0 ? "number bad" : "number", title: tip }, [count(nan + infinite)]);
}

/** Rows that stand deeper are indented as these. */
const DEEPEST = 4;

/** A row is a button to the line of its layer, where that is known. */
function rowElement(row: ForwardRow, marks: readonly Mark[], isNested: boolean, post: Post): HTMLElement {
  const canOpen = row.uri !== undefined && row.range !== undefined;
  const indent = row.depth === 0 || !isNested ? "" : `inside-${Math.min(row.depth, DEEPEST)}`;
  const name = element("td", { class: `layer ${indent}`.trim() }, [
    row.name,
    element("span", { class: "type" }, [row.type]),
    ...marks.map((it) => element("span", { class: it.startsWith("first") ? "mark bad" : "mark" }, [it])),
  ]);
  const statistics =
    row.problem === undefined
      ? STATISTICS.map((it) => it.cell(row, post))
      : [element("td", { class: "problem", colspan: String(STATISTICS.length) }, [row.problem])];
  const kinds = [canOpen ? "link" : "", row.problem === undefined ? "" : "refused"].filter(Boolean).join(" ");
  const cells = [name, ...COSTS.map((it) => it.cell(row, post)), ...statistics];
  const made = element("tr", { tabindex: "0", class: kinds }, cells);
  if (!canOpen) return made;
  const open = () => post({ type: "open", index: row.index });
  made.addEventListener("click", open);
  made.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target === made) open();
  });
  return made;
}

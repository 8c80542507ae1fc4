import type { ForwardRow } from "../../server/protocol/messages.ts";
import type { FromPage } from "../views/forwardMessages.ts";
import { verdictOn } from "../views/prediction.ts";
import { element } from "./dom.ts";
import { count, milliseconds, real, share } from "./numbers.ts";

type Post = (message: FromPage) => void;

const COLUMNS: readonly (readonly [title: string, tip: string])[] = [
  ["Layer", "Enter or a click goes to its line"],
  ["Predicted", "What the hints say, for this batch size"],
  ["Actual", "What came out of the engine"],
  ["Params", "Parameters"],
  ["ms", "Milliseconds in the engine"],
  ["Mean", "Of all finite numbers of the output"],
  ["Std", "Standard deviation"],
  ["Min", "The smallest number"],
  ["Max", "The largest number"],
  ["Zeros", "The share of exact zeros"],
  ["NaN/Inf", "How many are not finite"],
];

export function forwardTable(rows: readonly ForwardRow[], post: Post): HTMLElement {
  const titles = COLUMNS.map(([title, tip]) => element("th", { scope: "col", title: tip }, [title]));
  const body = element(
    "tbody",
    {},
    rows.map((row) => rowElement(row, post)),
  );
  body.addEventListener("keydown", (event) => moveFocus(event));
  const table = element("table", { "aria-label": "Layers" }, [element("thead", {}, [element("tr", {}, titles)]), body]);
  return element("div", { class: "scroll" }, [table]);
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

const cell = (text: string, kind = "number"): HTMLElement => element("td", { class: kind }, [text]);

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
  const report = element("button", { type: "button", class: "link" }, ["Report it"]);
  report.addEventListener("click", (event) => {
    event.stopPropagation();
    post({ type: "report", index: row.index });
  });
  const words = "Inlayer predicted this wrongly: a defect of Inlayer, not of your model. ";
  return element("td", { class: "shape wrong" }, [row.actual ?? "", element("div", {}, [words, report])]);
}

function statisticsCells({ statistics }: ForwardRow): readonly HTMLElement[] {
  if (statistics === undefined) return Array.from({ length: 6 }, () => cell("–"));
  const { mean, std, min, max, zeros, nan, infinite } = statistics;
  const bad = nan + infinite;
  const tip = `${count(nan)} NaN, ${count(infinite)} infinite`;
  const last = element("td", { class: bad > 0 ? "number bad" : "number", title: tip }, [count(bad)]);
  return [...[mean, std, min, max].map((value) => cell(real(value))), cell(share(zeros)), last];
}

/** Rows that stand deeper are indented as these. */
const DEEPEST = 4;

/** A row is a button to the line of its layer, where that is known. */
export function rowElement(row: ForwardRow, post: Post): HTMLElement {
  const canOpen = row.uri !== undefined && row.range !== undefined;
  const indent = row.depth === 0 ? "" : `inside-${Math.min(row.depth, DEEPEST)}`;
  const name = element("td", { class: `layer ${indent}`.trim() }, [
    row.name,
    element("span", { class: "type" }, [row.type]),
  ]);
  const shapes = [cell(row.predicted || "?", "shape"), actualCell(row, post)];
  const costs = [cell(row.params === undefined ? "–" : count(row.params)), cell(milliseconds(row.time))];
  const rest =
    row.problem === undefined
      ? statisticsCells(row)
      : [element("td", { class: "problem", colspan: "6" }, [row.problem])];
  const kinds = [canOpen ? "link" : "", row.problem === undefined ? "" : "refused"].filter(Boolean).join(" ");
  const made = element("tr", { tabindex: "0", class: kinds }, [name, ...shapes, ...costs, ...rest]);
  if (!canOpen) return made;
  const open = () => post({ type: "open", index: row.index });
  made.addEventListener("click", open);
  made.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target === made) open();
  });
  return made;
}

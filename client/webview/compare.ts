import { printSizes } from "../../server/engine/tensors.ts";
import type { ComparedWay, Likeness } from "../../server/features/compare.ts";
import type { ToComparePage } from "../views/comparePanel.ts";
import { element } from "./dom.ts";
import { svg } from "./histogram.ts";
import { count, milliseconds } from "./numbers.ts";

declare function acquireVsCodeApi(): { postMessage(message: "ready"): void };

const main = document.getElementById("main") ?? document.body;

const VERDICTS: Readonly<Record<Likeness, readonly [words: string, tip: string]>> = {
  first: ["as it is", "What stands in the program"],
  identical: ["the same, bit for bit", "With the same weights and the same input"],
  close: ["the same but for rounding", "With the same weights and the same input"],
  "other numbers": ["other numbers", "Of the same shape"],
  "another shape": ["another shape", "So what follows must fit it"],
};
const COLUMNS: readonly (readonly [title: string, tip: string])[] = [
  ["Instead", "What could stand there"],
  ["Output", "For one sample"],
  ["Params", "Parameters"],
  ["MACs", "Multiply–accumulates on one sample"],
  ["ms", "Milliseconds in the engine, for all samples"],
  ["Beside the first", "What came out of the same input"],
  ["What reaches what", "Rows: places of the input. Columns: places of the output. Filled where a change gets through"],
  ["It mixes", "Across the steps or places"],
];

const SIDE = 7;
/** A row for each place of the input, a column for each of the output: filled where a change there reaches it. */
function picture(reach: readonly (readonly boolean[])[]): SVGElement {
  const [columns, rows] = [reach[0]?.length ?? 0, reach.length];
  const filled = reach.flat().filter(Boolean).length;
  const words = `${filled} of ${rows * columns} pairs of a place of the input and one of the output are connected`;
  const drawing = svg("svg", {
    class: "reach",
    ...{ width: columns * SIDE, height: rows * SIDE, role: "img", "aria-label": words },
  });
  drawing.append(svg("title", {}, words));
  for (const [y, row] of reach.entries())
    for (const [x, isReached] of row.entries())
      drawing.append(
        svg("rect", {
          ...{ x: x * SIDE, y: y * SIDE, width: SIDE - 1, height: SIDE - 1 },
          class: isReached ? "on" : "off",
        }),
      );
  return drawing;
}

function rowOf(way: ComparedWay): HTMLElement {
  const number = (text: string) => element("td", { class: "number" }, [text]);
  const name = element("td", { class: "layer" }, [element("code", {}, [way.title])]);
  if (way.problem !== undefined) {
    const span = String(COLUMNS.length - 1);
    return element("tr", { class: "refused" }, [
      name,
      element("td", { class: "problem", colspan: span }, [way.problem]),
    ]);
  }
  const [words, tip] = VERDICTS[way.verdict ?? "another shape"];
  return element("tr", {}, [
    name,
    element("td", { class: "shape" }, [way.output === undefined ? "–" : printSizes(way.output)]),
    number(way.params === undefined ? "–" : count(way.params)),
    number(way.macs === undefined ? "–" : count(way.macs)),
    number(milliseconds(way.time)),
    element("td", { class: way.verdict === "identical" ? "words fits" : "words", title: tip }, [words]),
    element("td", { class: "picture" }, way.reach === undefined ? ["–"] : [picture(way.reach)]),
    element("td", { class: "words wide" }, [way.mixes]),
  ]);
}

function draw({ problem, input, samples, ways }: ToComparePage): void {
  const titles = COLUMNS.map(([title, tip]) => element("th", { scope: "col", title: tip }, [title]));
  const table = element("table", { "aria-label": "Ways", class: "compare" }, [
    element("thead", {}, [element("tr", {}, titles)]),
    element("tbody", {}, ways.map(rowOf)),
  ]);
  const words =
    problem ?? `${samples} samples of ${printSizes(input)}, the same for all; weights of equal shapes are the same too`;
  main.replaceChildren(
    element("header", {}, [element("h1", {}, ["What could stand there"])]),
    element("p", { id: "status", role: "status" }, [words]),
    ...(problem === undefined ? [element("div", { class: "scroll" }, [table])] : []),
  );
}
window.addEventListener("message", ({ data }: MessageEvent<ToComparePage>) => draw(data));
acquireVsCodeApi().postMessage("ready");

import { type ForwardView, type FromPage, type ToPage, withRow } from "../views/forwardMessages.ts";
import { element } from "./dom.ts";
import { outputs } from "./output.ts";
import { ForwardTable } from "./table.ts";

declare function acquireVsCodeApi(): { postMessage(message: FromPage): void };

const { postMessage } = acquireVsCodeApi();
const FILTER_TIP = "Words in the name or the type of a layer";
const main = document.getElementById("main") ?? document.body;

const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? "" : "s"}`;

/** What has become of the run, in a line. */
function status({ running, rows, time, problem }: ForwardView): HTMLElement {
  const done = rows.filter(({ actual }) => actual !== undefined).length;
  const said = running ? `Running … ${plural(done, "layer")}` : `${plural(done, "layer")} ran`;
  const text = time === undefined || running ? said : `${said} in ${Math.round(time)} ms`;
  const isRefused = done === 0 && !running && problem !== undefined;
  return element("p", { id: "status", role: "status" }, [
    ...(isRefused ? [] : [text]),
    ...(problem === undefined ? [] : [element("span", { class: "problem" }, [problem])]),
  ]);
}

function field(label: string, id: string, value: number, min: number): HTMLElement {
  const input = element("input", { id, type: "number", value: String(value), min: String(min), step: "1" });
  return element("label", {}, [label, input]);
}

const numberIn = (id: string): number => Number((document.getElementById(id) as HTMLInputElement | null)?.value);

function controls({ running, batch, seed }: ForwardView): HTMLElement {
  const form = element("form", { id: "controls" }, [
    ...(batch === undefined ? [] : [field("Batch", "batch", batch, 1)]),
    field("Seed", "seed", seed, 0),
    running
      ? element("button", { type: "button", id: "cancel", title: "Cancel (Escape)" }, ["Cancel"])
      : element("button", { type: "submit", id: "run" }, ["Run again"]),
  ]);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const samples = batch === undefined ? undefined : Math.max(1, numberIn("batch") || 1);
    postMessage({ type: "run", batch: samples, seed: Math.max(0, numberIn("seed") || 0) });
  });
  form.querySelector("#cancel")?.addEventListener("click", cancel);
  return form;
}

const table = new ForwardTable(postMessage);

/** Stands over the rows, and keeps what was typed while they come. */
const filter = element("input", { type: "search", id: "filter", placeholder: "Filter layers", title: FILTER_TIP });
filter.addEventListener("input", () => table.narrow(filter.value));

function draw(view: ForwardView): void {
  const subject = !view.input ? [] : [element("span", { class: "input" }, [`input ${view.input}`])];
  main.replaceChildren(
    element("header", {}, [element("h1", {}, [view.title, ...subject]), controls(view)]),
    element("div", { id: "progress", class: view.running ? "running" : "" }, []),
    element("div", { id: "over" }, [status(view), filter]),
    table.root,
    ...outputs(view.previews),
  );
  table.show(view.rows);
}

let shown: ForwardView | undefined;
/** It is over for whoever cancels, at once; what the editor says of it comes on top. */
function cancel(): void {
  postMessage({ type: "cancel" });
  if (!shown?.running) return;
  shown = { ...shown, running: false, problem: "Cancelled." };
  draw(shown);
}

let isAwaited = false;
/** Rows come faster than a screen shows them: once a frame is enough. */
function drawRows(): void {
  if (isAwaited) return;
  isAwaited = true;
  requestAnimationFrame(() => {
    isAwaited = false;
    if (!shown) return;
    document.getElementById("status")?.replaceWith(status(shown));
    table.show(shown.rows);
  });
}
window.addEventListener("message", ({ data }: MessageEvent<ToPage>) => {
  if (data.type === "view") {
    shown = data.view;
    draw(shown);
  } else if (shown) {
    shown = { ...shown, rows: withRow(shown.rows, data.row) };
    drawRows();
  }
});
window.addEventListener("keydown", ({ key }) => {
  if (key === "Escape" && shown?.running) cancel();
});
postMessage({ type: "ready" });

import type { GraphResult } from "../../../server/protocol/messages.ts";
import { element } from "../dom.ts";
import { svg } from "../histogram.ts";
import { count } from "../numbers.ts";
import type { Scene } from "./scene.ts";
import { LEVELS, mostParams } from "./words.ts";

/** What the controls do. */
interface Actions {
  /** `goes`: to the next that is found. */
  search(text: string, goes: boolean): void;
  /** Leaves the field. */
  leave(): void;
  fold(opens: boolean): void;
  zoom(by: number): void;
  fit(): void;
  list(): void;
  save(as: "svg" | "png"): void;
}
interface Said {
  readonly text: string;
  readonly problem: string | undefined;
}

const plural = (many: number, word: string): string => `${count(many)} ${word}${many === 1 ? "" : "s"}`;
const sentence = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;

/** What there is to say of the whole: how much it is, and what is not known of it. */
export function saidOf({ nodes, params, problem }: GraphResult): Said {
  const layers = new Set(nodes.filter(({ kind }) => kind === "layer").map((it) => it.layer ?? it.id)).size;
  const cost = params === undefined ? "how many params is not known" : plural(params, "param");
  return { text: `${plural(layers, "layer")} · ${cost}`, problem };
}

export class Controls {
  readonly root: HTMLElement;
  readonly legend = element("div", { id: "legend" });
  private readonly status = element("span", { id: "status", role: "status" });
  private readonly problem = element("p", { id: "problem", role: "alert" });
  private readonly hits = element("span", { id: "hits", role: "status" });
  private readonly scale: HTMLButtonElement;
  private readonly list: HTMLButtonElement;

  constructor(does: Actions) {
    this.scale = button("100%", "Fit all into the window (0)", () => does.fit(), "scale");
    this.list = button("List", "The same as a list", () => {
      does.list();
      const isList = document.body.classList.contains("list");
      this.list.setAttribute("aria-pressed", String(isList));
    });
    this.list.setAttribute("aria-pressed", "false");
    const group = (...all: readonly HTMLElement[]) => element("div", { class: "tools" }, all);
    this.root = element("header", {}, [
      element("div", { id: "over" }, [this.status]),
      element("div", { role: "toolbar", "aria-label": "Architecture", id: "toolbar" }, [
        group(searchField(does), this.hits),
        group(
          button("Fold", "Fold everything", () => does.fold(false)),
          button("Unfold", "Unfold everything", () => does.fold(true)),
        ),
        group(
          button("−", "Smaller (-)", () => does.zoom(0.8), "smaller"),
          this.scale,
          button("+", "Larger (+)", () => does.zoom(1.25), "larger"),
        ),
        group(
          this.list,
          button("SVG", "Save as an SVG", () => does.save("svg")),
          button("PNG", "Save as a PNG", () => does.save("png")),
        ),
      ]),
      this.problem,
    ]);
  }

  say({ text, problem }: Said): void {
    if (text !== "") this.status.textContent = text;
    this.problem.textContent = problem === undefined ? "" : sentence(problem);
  }
  scaled(scale: number): void {
    this.scale.textContent = `${Math.round(scale * 100)}%`;
  }
  found(text: string, many: number, at: number): void {
    const place = at < 0 ? "" : `${at + 1} of `;
    this.hits.textContent = text.trim() === "" ? "" : many === 0 ? "none" : `${place}${many}`;
  }
  /** Under the picture: which colour is how many parameters. How long it took stands there for who measures. */
  drawn(scene: Scene, times: { readonly layout: number; readonly drawing: number }): void {
    const most = mostParams(scene);
    const scale = svg("svg", { width: LEVELS * 14, height: 10, role: "presentation" });
    for (let level = 1; level <= LEVELS; level++) {
      const of = svg("g", { class: `level-${level}` });
      of.append(svg("rect", { class: "box", x: (level - 1) * 14, width: 14, height: 10 }));
      scale.append(of);
    }
    this.legend.replaceChildren(...(most === 0 ? [] : ["few", scale, `${count(most)} params`]));
    this.legend.dataset["layout"] = times.layout.toFixed(0);
    this.legend.dataset["drawing"] = times.drawing.toFixed(0);
  }
}

/** It tells of each letter, and of Enter; Escape empties and leaves it. */
function searchField(does: Pick<Actions, "search" | "leave">): HTMLElement {
  const tip = "Words in the name, type or shape of a layer (/). Enter goes to the next";
  const search = element("input", { type: "search", id: "search", placeholder: "Search (/)", title: tip });
  search.setAttribute("aria-label", "Search layers");
  search.addEventListener("input", () => does.search(search.value, false));
  search.addEventListener("keydown", (event) => {
    if (event.key === "Enter") does.search(search.value, true);
    if (event.key !== "Escape") return;
    search.value = "";
    does.search("", false);
    does.leave();
  });
  return search;
}

function button(text: string, tip: string, act: () => void, id = ""): HTMLButtonElement {
  const made = element("button", { type: "button", title: tip, "aria-label": tip, id }, [text]);
  made.addEventListener("click", act);
  return made;
}

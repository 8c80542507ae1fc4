import type { GraphResult } from "../../server/protocol/messages.ts";
import type { FromGraphPage, ToGraphPage } from "../views/graphMessages.ts";
import { element } from "./dom.ts";
import type { Layout } from "./graph/boxes.ts";
import { drawn, sizeOf } from "./graph/drawing.ts";
import { pictureOf, pngOf } from "./graph/exporting.ts";
import { isTyped, keyOf } from "./graph/keys.ts";
import { Layouts } from "./graph/layout.ts";
import { listOf } from "./graph/list.ts";
import { around, isOpenAtFirst, matching, type Scene, sceneOf } from "./graph/scene.ts";
import { Controls, saidOf } from "./graph/toolbar.ts";
import { Viewport } from "./graph/viewport.ts";
import { isWay, next } from "./graph/walk.ts";
import { svg } from "./histogram.ts";

interface State {
  /** Nodes that a person folded or unfolded. */
  readonly open: Readonly<Record<string, boolean>>;
}
declare function acquireVsCodeApi(): {
  postMessage(message: FromGraphPage): void;
  getState(): State | undefined;
  setState(state: State): void;
};

const vscode = acquireVsCodeApi();
const script = (document.currentScript as HTMLScriptElement | null)?.src ?? "";
const layouts = new Layouts(new URL("elk-worker.min.js", script).href);

/** The page: an architecture, what of it is unfolded, and where a person is in it. */
class GraphPage {
  private readonly frame = svg("svg", { id: "frame", role: "group", "aria-roledescription": "graph" });
  private readonly viewport = new Viewport(this.frame);
  private readonly controls: Controls;
  private graph: GraphResult | undefined;
  private scene: Scene | undefined;
  private layout: Layout | undefined;
  private world: SVGElement | undefined;
  private open: Record<string, boolean> = { ...vscode.getState()?.open };
  /** Where the keyboard is. */
  private selected: string | undefined;
  private atCursor: readonly string[] = [];
  private isList = false;
  private found = 0;
  private drawings = 0;

  constructor(main: HTMLElement) {
    this.controls = new Controls({
      search: (text, goes) => this.search(text, goes),
      leave: () => this.focus(this.selected ?? this.scene?.nodes[0]?.node.id),
      fold: (opens) => this.foldAll(opens),
      zoom: (by) => this.viewport.zoom(by),
      fit: () => this.viewport.fit(),
      list: () => this.toggleList(),
      save: (as) => void this.save(as),
    });
    this.viewport.changed = (scale) => this.controls.scaled(scale);
    this.frame.addEventListener("click", (event) => this.clicked(event));
    this.frame.addEventListener("focusin", (event) => this.select(idOf(event.target)));
    window.addEventListener("keydown", (event) => this.pressed(event));
    main.replaceChildren(this.controls.root, element("div", { id: "stage" }, [this.frame, this.controls.legend]));
  }

  async show(graph: GraphResult): Promise<void> {
    const isOther = this.graph?.title !== graph.title;
    const isSame = pictureKey(this.graph) === pictureKey(graph);
    this.graph = graph;
    this.controls.say(saidOf(graph));
    document.body.classList.remove("gone");
    if (isSame && this.world !== undefined) return;
    await this.draw(isOther);
  }
  gone(title: string): void {
    document.body.classList.add("gone");
    this.controls.say({ text: "", problem: `${title} is not in the program any more: this is what it was` });
  }
  cursor(ids: readonly string[]): void {
    this.atCursor = ids;
    this.mark(true);
  }

  /** Lays the scene out and draws it; `keep` stays where it is seen. */
  private async draw(isFirst: boolean, keep?: string): Promise<void> {
    const { graph } = this;
    if (graph === undefined) return;
    const mine = ++this.drawings;
    const scene = sceneOf(graph, (node) => this.open[node.id] ?? isOpenAtFirst(node));
    this.frame.setAttribute("aria-busy", "true");
    const layout = await layouts.of(scene, sizeOf);
    if (mine !== this.drawings) return;
    this.frame.removeAttribute("aria-busy");
    const began = performance.now();
    const before = this.layout?.boxes.get(keep ?? "");
    const { world, parts } = drawn(scene, layout);
    Object.assign(this, { scene, layout, world });
    this.frame.replaceChildren(world);
    this.frame.setAttribute("aria-label", `Architecture of ${graph.title}, ${scene.nodes.length} nodes`);
    const from = before && this.viewport.seenAt(before);
    this.viewport.show(world, parts, layout);
    const after = layout.boxes.get(keep ?? "");
    if (isFirst) this.viewport.fit(true);
    else if (from && after)
      this.viewport.pan(from.x - this.viewport.seenAt(after).x, from.y - this.viewport.seenAt(after).y);
    this.controls.drawn(scene, { layout: layout.time, drawing: performance.now() - began });
    if (this.isList) this.showList();
    this.mark(isFirst);
    if (keep !== undefined) this.focus(keep);
    else this.rove();
  }

  // ---- folding
  // -------------------------------------------------------------------------------------------------------

  private toggle(id: string): void {
    const it = this.scene?.nodes.find(({ node }) => node.id === id);
    if (it?.isGroup) this.unfold({ [id]: !it.isOpen }, id);
  }
  private unfold(change: Readonly<Record<string, boolean>>, keep?: string): Promise<void> {
    this.open = { ...this.open, ...change };
    vscode.setState({ open: this.open });
    return this.draw(false, keep);
  }
  private foldAll(opens: boolean): void {
    const groups = new Set(this.graph?.nodes.flatMap((it) => it.parent ?? []));
    void this.unfold(Object.fromEntries([...groups].map((id) => [id, opens]))).then(() => this.viewport.fit(true));
  }

  // ---- where a person is
  // ------------------------------------------------------------------------------------------

  private elementOf(id: string | undefined): SVGElement | undefined {
    if (id === undefined) return undefined;
    return this.world?.querySelector<SVGElement>(`.node[data-id="${CSS.escape(id)}"]`) ?? undefined;
  }
  private focus(id: string | undefined): void {
    this.reveal(id);
    this.elementOf(id)?.focus({ preventScroll: true });
  }
  private reveal(id: string | undefined): void {
    const box = this.layout?.boxes.get(id ?? "");
    if (box !== undefined) this.viewport.reveal(box);
  }
  private select(id: string | undefined): void {
    if (id === undefined) return;
    this.selected = id;
    this.rove();
    for (const edge of this.world?.querySelectorAll(".edge") ?? [])
      edge.classList.toggle("near", edge.getAttribute("data-from") === id || edge.getAttribute("data-to") === id);
  }
  /** The tab key comes to one node: the one where the keyboard was last. */
  private rove(): void {
    const first = this.scene?.nodes[0]?.node.id;
    const one = this.elementOf(this.selected) ?? this.elementOf(first);
    for (const it of this.world?.querySelectorAll('.node[tabindex="0"]') ?? []) it.setAttribute("tabindex", "-1");
    one?.setAttribute("tabindex", "0");
  }
  /** What the cursor is at, as far as it is unfolded. */
  private mark(goes: boolean): void {
    const seen = this.atCursor.map((id) => this.scene?.seen.get(id) ?? id);
    for (const it of this.world?.querySelectorAll(".node.at") ?? []) it.classList.remove("at");
    for (const id of seen) this.elementOf(id)?.classList.add("at");
    if (goes && seen.length > 0 && !document.hasFocus()) this.reveal(seen[0]);
  }

  // ---- what a person does
  // -----------------------------------------------------------------------------------------

  private clicked({ target }: Event): void {
    const id = idOf(target);
    if (id === undefined || this.frame.classList.contains("dragging")) return;
    if (target instanceof Element && target.closest(".toggle")) this.toggle(id);
    else this.openCode(id);
  }
  /** What comes from no place in the code, such as what was put together here, is unfolded instead. */
  private openCode(id: string): void {
    const node = this.graph?.nodes.find((it) => it.id === id);
    if (node?.spot !== undefined || (node?.around.length ?? 0) > 0) vscode.postMessage({ type: "open", id });
    else this.toggle(id);
  }
  private pressed(event: KeyboardEvent): void {
    const key = keyOf(event);
    const at = idOf(event.target);
    const act: (() => void) | undefined = isTyped(event)
      ? undefined
      : isWay(key) && at !== undefined
        ? () => this.walk(at, key)
        : { ...(at !== undefined && this.keysAt(at)), ...this.keys }[key];
    if (act === undefined) return;
    event.preventDefault();
    act();
  }
  private readonly keys: Readonly<Record<string, () => void>> = {
    "/": () => this.controls.root.querySelector("input")?.select(),
    "+": () => this.viewport.zoom(1.25),
    "=": () => this.viewport.zoom(1.25),
    "-": () => this.viewport.zoom(0.8),
    "0": () => this.viewport.fit(),
  };
  private keysAt(at: string): Readonly<Record<string, () => void>> {
    const it = this.scene?.nodes.find(({ node }) => node.id === at);
    return {
      Enter: () => (it?.isGroup && !it.isOpen ? this.toggle(at) : this.openCode(at)),
      " ": () => (it?.isGroup ? this.toggle(at) : this.openCode(at)),
      Escape: () => this.focus(it?.node.parent),
    };
  }
  private walk(at: string, way: Parameters<typeof next>[3]): void {
    const { scene, layout } = this;
    const to = scene && layout && next(scene, layout, at, way);
    if (to !== undefined) this.focus(to);
  }

  /** Marks what fits; where it goes on, to the next that does, unfolded. */
  private search(text: string, goes: boolean): void {
    const { graph, scene } = this;
    if (graph === undefined || scene === undefined) return;
    const all = matching(graph.nodes, text);
    for (const it of this.world?.querySelectorAll(".match") ?? []) it.classList.remove("match");
    for (const { id } of all) this.elementOf(scene.seen.get(id))?.classList.add("match");
    this.found = goes && all.length > 0 ? (this.found + 1) % all.length : -1;
    const here = all[this.found];
    this.controls.found(text, all.length, this.found);
    if (here === undefined) return;
    const closed = around(graph.nodes, here.id).filter((id) => scene.seen.get(here.id) !== here.id && !this.isOpen(id));
    const shown =
      closed.length === 0 ? Promise.resolve() : this.unfold(Object.fromEntries(closed.map((id) => [id, true])));
    void shown.then(() => {
      this.elementOf(here.id)?.classList.add("match");
      this.select(here.id);
      this.reveal(here.id);
    });
  }
  private isOpen(id: string): boolean {
    return this.scene?.nodes.find(({ node }) => node.id === id)?.isOpen === true;
  }

  private toggleList(): void {
    this.isList = !this.isList;
    document.body.classList.toggle("list", this.isList);
    if (this.isList) this.showList();
    else document.getElementById("list")?.remove();
  }
  private showList(): void {
    document.getElementById("list")?.remove();
    if (this.scene) this.frame.after(listOf(this.scene, (id) => this.openCode(id)));
  }
  private async save(as: "svg" | "png"): Promise<void> {
    const { world } = this;
    if (!(world instanceof SVGGraphicsElement)) return;
    try {
      this.viewport.showAll();
      const picture = pictureOf(world);
      vscode.postMessage({ type: "save", as, data: as === "svg" ? picture.text : await pngOf(picture) });
    } catch (error) {
      vscode.postMessage({ type: "failed", message: error instanceof Error ? error.message : String(error) });
    }
  }
}

const idOf = (target: EventTarget | null): string | undefined =>
  (target instanceof Element && target.closest(".node")?.getAttribute("data-id")) || undefined;

/** Equal where the picture is. */
const pictureKey = (graph: GraphResult | undefined): string | undefined =>
  graph && JSON.stringify([graph.title, graph.edges, graph.nodes.map((it) => ({ ...it, spot: 0, around: 0 }))]);

const page = new GraphPage(document.getElementById("main") ?? document.body);
window.addEventListener("message", ({ data }: MessageEvent<ToGraphPage>) => {
  if (data.type === "gone") page.gone(data.title);
  else if (data.type === "cursor") page.cursor(data.ids);
  else
    page.show(data.graph).catch((error: unknown) => {
      const message = error instanceof Error ? error.message : String(error);
      vscode.postMessage({ type: "failed", message: `the architecture could not be drawn: ${message}` });
    });
});
vscode.postMessage({ type: "ready" });

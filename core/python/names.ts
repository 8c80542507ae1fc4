import { KEYWORDS } from "./words.ts";

/** What a text that cannot be read may do to the variables of its scope, and to the order in which things run. */
export interface NamesInText {
  /** Every variable that occurs, in order of appearance. */
  readonly names: readonly string[];
  /** Those of them that may have been bound: not one that is only read, called, indexed or asked for an attribute. */
  readonly binds: readonly string[];
  /** What the values of variables are used for, where that may change one. */
  readonly uses: readonly Use[];
  /** It leaves the block that it is in, certainly or only if it gets there; or it makes a function a generator. */
  readonly leaves: Leaving | undefined;
}
/** A variable, or what its attributes lead to: `self.layers` is `["self", "layers"]`. */
export interface Use {
  readonly path: readonly string[];
  /** `x.path(…)`, `x.path = …`, or anything else: an item set, an argument. */
  readonly as: "called" | "set" | "given";
}
export interface Leaving {
  readonly by: "return" | "raise" | "yield";
  readonly certainly: boolean;
}

const QUOTED = String.raw`"""[\s\S]*?"""|'''[\s\S]*?'''|"(?:\\.|[^"\\\n\r])*"|'(?:\\.|[^'\\\n\r])*'`;
const WORD = String.raw`[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*`;
const TOKEN = new RegExp(
  String.raw`#.*|([rubftRUBFT]{0,2})(${QUOTED})|\d\w*|(${WORD})|\r\n|[=!<>]=|:=|[^\s]|[\n\r]`,
  "g",
);
const AFTER = /[ \t]*(:=|[([.]|as\b|)/y;
const BINDING_WORDS = new Set("as for def class del global nonlocal".split(" "));
/** After one of these on a line nothing is bound that an `=` does not bind. */
const READING_WORDS = new Set("if elif while return raise assert yield in is not and or lambda await".split(" "));

export function namesIn(text: string): NamesInText {
  const found = new Finder();
  for (const match of text.matchAll(TOKEN)) found.take(match);
  found.endLine();
  const { names, binds, uses } = found;
  return { names: [...names], binds: [...binds], uses, leaves: leavingOf(text) };
}

class Finder {
  readonly names = new Set<string>();
  readonly binds = new Set<string>();
  readonly uses: Use[] = [];
  private depth = 0;
  private before = "";
  /** The names before the one at hand, with dots between them. */
  private chain: readonly string[] = [];
  /** The first word of the line. */
  private head = "";
  /** Bare names of the line since its last `=`, and attributes. */
  private pending: (readonly string[])[] = [];
  private assigns = false;
  private reads = false;

  take(match: RegExpMatchArray): void {
    const [token, prefix, quoted, word] = match;
    if (token.startsWith("#")) return;
    if (quoted !== undefined && /f/i.test(prefix ?? ""))
      for (const name of namesIn(holes(quoted)).names) this.names.add(name);
    if (/^[([{]/.test(token)) this.depth++;
    else if (/^[)\]}]/.test(token)) this.depth = Math.max(0, this.depth - 1);
    else if (/^[\n\r;]/.test(token)) this.endLine();
    else if (token === "=" && this.depth === 0) this.assign();
    else if (word !== undefined) this.word(word, (match.index ?? 0) + token.length, match.input ?? "");
    if (word === undefined && token !== ".") this.chain = [];
    this.before = token;
  }

  /** What stands alone on a line may be half of `name = …`. */
  endLine(): void {
    if (!this.assigns) this.bindPending();
    this.depth = 0;
    this.pending = [];
    this.assigns = false;
    this.reads = false;
    this.head = "";
    this.chain = [];
  }

  private assign(): void {
    this.bindPending();
    this.pending = [];
    this.assigns = true;
    this.reads = false;
  }
  private bindPending(): void {
    for (const path of this.pending) {
      if (path.length > 1) this.uses.push({ path, as: "set" });
      else for (const name of path) this.binds.add(name);
    }
  }

  private word(word: string, end: number, text: string): void {
    const isPart = this.before === ".";
    if (this.head === "") this.head = word;
    if (!isPart && KEYWORDS.has(word)) {
      if (this.depth === 0 && READING_WORDS.has(word)) this.reads = true;
      this.chain = [];
      return;
    }
    AFTER.lastIndex = end;
    const after = AFTER.exec(text)?.[1] ?? "";
    // What an attribute of a call or an item is stands for what it was asked of.
    const path = isPart ? [...this.chain, word] : [word];
    const isKnown = !isPart || this.chain.length > 0;
    this.chain = isKnown ? path : [];
    if (!isPart) this.names.add(word);
    if (this.head === "import" || this.head === "from") this.imported(word, after);
    else if (isKnown && after !== ".") this.used(path, after);
  }

  /** `import a.b` gives `a` what it is already, if it is there. */
  private imported(word: string, after: string): void {
    const named = this.head === "from" ? /^[,(]$|^import$/.test(this.before) && after !== "as" : false;
    if (named || this.before === "as") this.binds.add(word);
  }

  private used(path: readonly string[], after: string): void {
    const [name = ""] = path;
    if (path.length === 1 && (BINDING_WORDS.has(this.before) || after === ":=")) this.binds.add(name);
    else if (this.depth === 0 && after === "") {
      if (!this.reads) this.pending.push(path);
      return;
    }
    if (after === "(") this.uses.push({ path, as: "called" });
    else if (after !== "[" || (this.depth === 0 && !this.assigns)) this.uses.push({ path, as: "given" });
  }
}

/** A function or a class that cannot be read leaves nothing when it is made; in a block a line may or may not run. */
function leavingOf(text: string): Leaving | undefined {
  const [first = ""] = /^(?:async\s+)?\w*/.exec(text) ?? [];
  if (/^@|^(?:async\s+)?def\b|^class\b/.test(text)) return undefined;
  if (first === "return" || first === "raise") return { by: first, certainly: true };
  const [, by] = /^[ \t]*(return|raise)\b/m.exec(text) ?? [];
  if (by === "return" || by === "raise") return { by, certainly: false };
  return /(?:^|[=(:\n])\s*yield\b/.test(text) ? { by: "yield", certainly: false } : undefined;
}

/** The holes' text of an f-string, quotes taken away. */
function holes(quoted: string): string {
  return quoted.replace(/^["']+|["']+$/g, "").replace(/[^{}]*(\{[^{}]*\}|$)/g, "$1 ");
}

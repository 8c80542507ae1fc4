import { KEYWORDS } from "./words.ts";

/** What a text that cannot be read may do to variables. */
export interface NamesInText {
  /** Every variable that occurs, in order of appearance: each may have been mutated. */
  readonly names: readonly string[];
  /**
   * Those of them that may have been bound: a bare name, not one that is only called, indexed or asked for an
   * attribute.
   */
  readonly binds: readonly string[];
}

const QUOTED = String.raw`"""[\s\S]*?"""|'''[\s\S]*?'''|"(?:\\.|[^"\\\n\r])*"|'(?:\\.|[^'\\\n\r])*'`;
const WORD = String.raw`[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*`;
const TOKEN = new RegExp(String.raw`#.*|([rubftRUBFT]{0,2})(${QUOTED})|\d\w*|(${WORD})|\r\n|[^\s]|[\n\r]`, "g");
const AFTER = /[ \t]*(:=|[([.]|)/y;
const BINDING_WORDS = new Set("as for import def class del global nonlocal".split(" "));

export function namesIn(text: string): NamesInText {
  const names = new Set<string>();
  const binds = new Set<string>();
  const importing = /^\s*(?:from|import)\b/.test(text);
  let depth = 0;
  let before = "";
  for (const match of text.matchAll(TOKEN)) {
    const [token, prefix, quoted, word] = match;
    if (quoted !== undefined && /f/i.test(prefix ?? ""))
      for (const name of namesIn(holes(quoted)).names) names.add(name);
    if (/^[([{]/.test(token)) depth++;
    else if (/^[)\]}]/.test(token)) depth = Math.max(0, depth - 1);
    else if (/^[\n\r]/.test(token)) depth = 0;
    else if (word !== undefined && before !== "." && !KEYWORDS.has(word)) {
      names.add(word);
      AFTER.lastIndex = match.index + token.length;
      const after = AFTER.exec(text)?.[1] ?? "";
      const bare = depth === 0 && after === "";
      if (bare || importing || after === ":=" || BINDING_WORDS.has(before)) binds.add(word);
    }
    if (!token.startsWith("#")) before = token;
  }
  return { names: [...names], binds: [...binds] };
}

/** The holes' text of an f-string, quotes taken away. */
function holes(quoted: string): string {
  return quoted.replace(/^["']+|["']+$/g, "").replace(/[^{}]*(\{[^{}]*\}|$)/g, "$1 ");
}

import { isNewline } from "./words.ts";

/** An open bracket (`quote` is empty) or an f-string, or the format specification of one of its holes. */
export interface Frame {
  readonly open: string;
  readonly quote: string;
  readonly raw: boolean;
  readonly at: number;
  readonly spec: boolean;
  /** Lambdas begun directly inside whose colon has not come yet. */
  lambdas: number;
}

export interface StringStop {
  readonly at: number;
  readonly why: "closed" | "hole" | "unterminated" | "end of text";
}

export function stringPrefix(word: string): boolean {
  return word.length <= 2 && /^(?:[rubft]|[bft]r|r[bft])$/i.test(word);
}

/** Offset after the closing quotes; `undefined` if a line break or the end of the text comes first. */
export function skipPlainString(text: string, from: number, quote: string): number | undefined {
  const triple = quote.length === 3;
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 92) at += text.charCodeAt(at + 1) === 13 && text.charCodeAt(at + 2) === 10 ? 2 : 1;
    else if (!triple && isNewline(code)) return undefined;
    else if (text[at] === quote[0] && text.startsWith(quote, at)) return at + quote.length;
  }
  return undefined;
}

/** Goes through an f-string's text up to its end or its next hole; through a format specification up to its `}`. */
export function skipInString(text: string, from: number, frame: Frame): StringStop {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 92) at = escapeEnd(text, at, frame.raw) - 1;
    else if (isNewline(code) && frame.quote.length === 1) return { at, why: "unterminated" };
    else if (text[at] === frame.quote[0] && text.startsWith(frame.quote, at))
      return { at: at + frame.quote.length, why: frame.spec ? "unterminated" : "closed" };
    else if (code === 123) {
      if (frame.spec || text.charCodeAt(at + 1) !== 123) return { at, why: "hole" };
      at++;
    } else if (code === 125 && frame.spec) return { at: at + 1, why: "closed" };
  }
  return { at: text.length, why: "end of text" };
}

function escapeEnd(text: string, at: number, raw: boolean): number {
  const next = text.charCodeAt(at + 1);
  if (next === 123) return at + 1;
  if (!raw && next === 78 && text.charCodeAt(at + 2) === 123) {
    const close = text.indexOf("}", at);
    return close < 0 ? at + 2 : close + 1;
  }
  return next === 13 && text.charCodeAt(at + 2) === 10 ? at + 3 : at + 2;
}

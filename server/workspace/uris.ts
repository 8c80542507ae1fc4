import type { Files } from "./fileSystem.ts";

/**
 * One spelling for each URI, for editors encode them differently: every segment of the path percent-encoded in full, a
 * drive's letter in lower case, no fragment. What is no URI stays as it is.
 */
export function canonical(uri: string): string {
  const match = /^([A-Za-z][\w+.-]*):(\/\/[^/?#]*)?([^?#]*)(\?[^#]*)?/.exec(uri);
  if (match === null) return uri;
  const [, scheme = "", authority = "", path = "", query = ""] = match;
  const drive = path.replace(/^\/([A-Za-z])(?::|%3A)/i, (_, letter: string) => `/${letter.toLowerCase()}:`);
  return `${scheme.toLowerCase()}:${authority}${drive.split("/").map(recoded).join("/")}${query}`;
}

function recoded(segment: string): string {
  try {
    return encodeURIComponent(decodeURIComponent(segment));
  } catch {
    return encodeURIComponent(segment);
  }
}

export const schemeOf = (uri: string): string => /^[A-Za-z][\w+.-]*(?=:)/.exec(uri)?.[0].toLowerCase() ?? "";

/** Where paths are canonical URIs: how to go up and down in them. */
export const uriPaths: Pick<Files, "dirname" | "join"> = {
  dirname(uri) {
    const [, root = "", path = ""] = /^([A-Za-z][\w+.-]*:(?:\/\/[^/]*)?\/?)([^?#]*)/.exec(uri) ?? [];
    const slash = path.lastIndexOf("/");
    return root + (slash < 0 ? "" : path.slice(0, slash));
  },
  join(folder, ...names) {
    const path = names.flatMap((name) => name.split("/")).map(encodeURIComponent);
    return [folder.replace(/\/$/, ""), ...path].join("/");
  },
};

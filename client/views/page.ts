import { Uri, ViewColumn, type Webview, type WebviewPanel, window } from "vscode";

/** 128 bits that nobody can guess: only the script that carries them runs. */
function nonce(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

interface Page {
  /** `dist/webview/<script>.js`. */
  readonly script: "forward" | "compare" | "graph";
  readonly heading: string;
  /** It starts workers out of `dist`, and makes pictures. */
  readonly works?: boolean;
}

/** The page of a panel: no network, no inline style, and one script; a page that works may read the extension's own. */
function pageOf(webview: Webview, extension: Uri, { script, heading, works = false }: Page): string {
  const local = (...path: string[]) => webview.asWebviewUri(Uri.joinPath(extension, ...path)).toString();
  const once = nonce();
  const own = webview.cspSource;
  const work = works ? `; connect-src ${own}; worker-src blob:; img-src blob:` : "";
  const policy = `default-src 'none'; style-src ${own}; script-src 'nonce-${once}'${work}`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${local("media", works ? `${script}.css` : "panel.css")}">
<title>${heading}</title>
</head>
<body>
<main id="main"></main>
<script nonce="${once}" src="${local("dist", "webview", `${script}.js`)}"></script>
</body>
</html>
`;
}

/** Opens a panel with its page. What the page says is heard by whoever listens to it at once. */
export function openPanel(
  extension: Uri,
  { title, column = ViewColumn.Active, ...page }: Page & { readonly title: string; readonly column?: ViewColumn },
): WebviewPanel {
  const panel = window.createWebviewPanel(
    `inlayer.${page.script}`,
    title,
    { viewColumn: column, preserveFocus: true },
    { enableScripts: true, localResourceRoots: ["dist", "media"].map((folder) => Uri.joinPath(extension, folder)) },
  );
  panel.iconPath = Uri.joinPath(extension, "media", "icon.png");
  panel.webview.html = pageOf(panel.webview, extension, page);
  return panel;
}

import { Uri, ViewColumn, type Webview, type WebviewPanel, window } from "vscode";

/** 128 bits that nobody can guess: only the script that carries them runs. */
function nonce(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The page of a panel: no network, no inline style, and one script, `dist/webview/<script>.js`. */
function pageOf(webview: Webview, extension: Uri, script: "forward" | "compare", title: string): string {
  const local = (...path: string[]) => webview.asWebviewUri(Uri.joinPath(extension, ...path)).toString();
  const once = nonce();
  const policy = `default-src 'none'; style-src ${webview.cspSource}; script-src 'nonce-${once}'`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${local("media", "panel.css")}">
<title>${title}</title>
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
  {
    script,
    title,
    heading,
  }: { readonly script: "forward" | "compare"; readonly title: string; readonly heading: string },
): WebviewPanel {
  const panel = window.createWebviewPanel(
    `inlayer.${script}`,
    title,
    { viewColumn: ViewColumn.Active, preserveFocus: true },
    { enableScripts: true, localResourceRoots: ["dist", "media"].map((folder) => Uri.joinPath(extension, folder)) },
  );
  panel.iconPath = Uri.joinPath(extension, "media", "icon.png");
  panel.webview.html = pageOf(panel.webview, extension, script, heading);
  return panel;
}

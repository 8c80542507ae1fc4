/** A quiet editor: nothing that asks, updates, or calls home, and only the built-in extensions that matter here. */
export const SETTINGS: Readonly<Record<string, unknown>> = {
  "telemetry.telemetryLevel": "off",
  "workbench.enableExperiments": false,
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
  "extensions.autoCheckUpdates": false,
  "extensions.autoUpdate": false,
  "extensions.ignoreRecommendations": true,
  "update.mode": "none",
  "security.workspace.trust.enabled": false,
  "chat.disableAIFeatures": true,
  "chat.commandCenter.enabled": false,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "git.enabled": false,
  "files.autoSave": "off",
  // The settings as an editor in a tab, as all versions have them.
  "workbench.editor.useModal": "off",
  "editor.minimap.enabled": false,
  "workbench.colorTheme": "Default Dark Modern",
};

export const BUILT_IN: readonly string[] = [
  ...["python", "ipynb", "json", "markdown-basics", "markdown-language-features", "notebook-renderers"],
  ...["theme-defaults", "theme-seti", "configuration-editing", "yaml"],
];

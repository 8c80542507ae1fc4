import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { describe, it } from "node:test";
import manifest from "../../package.json" with { type: "json" };
import { DEFAULT_CONFIGURATION } from "../../server/protocol/messages.ts";

const { commands, configuration, menus } = manifest.contributes;

describe("the extension's manifest", () => {
  it("has the settings that the server knows, with its defaults", () => {
    const { keras, python, hints, codeLens, batchSize, rules } = DEFAULT_CONFIGURATION;
    const settings = configuration.properties;
    assert.deepEqual(Object.fromEntries(Object.entries(settings).map(([key, it]) => [key, it.default])), {
      "inlayer.hints.enabled": hints.enabled,
      "inlayer.hints.kinds": [...hints.kinds],
      "inlayer.hints.params": hints.params,
      "inlayer.hints.dtype": hints.dtype,
      "inlayer.hints.batchAxis": hints.batchAxis,
      "inlayer.hints.length": hints.length,
      "inlayer.codeLens.enabled": codeLens.enabled,
      "inlayer.batchSize": batchSize,
      // The view's own.
      "inlayer.models.followCursor": true,
      "inlayer.keras.version": keras.version,
      "inlayer.python": python,
      "inlayer.rules": rules,
    });
  });
  it("offers every rule that has a page", () => {
    const pages = readdirSync("docs/rules").map((name) => name.replace(/\.md$/, ""));
    assert.deepEqual(Object.keys(configuration.properties["inlayer.rules"].properties).sort(), pages.sort());
  });
  it("describes every setting", () => {
    for (const [key, it] of Object.entries(configuration.properties))
      assert.ok("description" in it || "markdownDescription" in it, key);
  });
  it("puts only its own commands into menus", () => {
    const known = new Set(commands.map(({ command }) => command));
    const used = Object.values(menus).flatMap((items) => items.flatMap((it) => ("command" in it ? [it.command] : [])));
    assert.deepEqual(
      used.filter((command) => !known.has(command)),
      [],
    );
  });
});

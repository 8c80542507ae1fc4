import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { EXAMPLES } from "../../client/commands/examples.ts";
import manifest from "../../package.json" with { type: "json" };
import { DEFAULT_CONFIGURATION } from "../../server/protocol/messages.ts";

const { commands, configuration, menus, walkthroughs } = manifest.contributes;
const COMMAND = /\(command:([\w.]+)(?:\?([^)]*))?\)/g;

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
  it("describes every choice and every rule", () => {
    for (const it of Object.values(configuration.properties))
      if ("enum" in it) assert.equal(it.enumDescriptions.length, it.enum.length);
    for (const rule of Object.values(configuration.properties["inlayer.rules"].properties)) assert.ok(rule.description);
  });
  it("has a walkthrough with pictures, whose commands and examples are there", () => {
    const known = new Set(commands.map(({ command }) => command));
    for (const { description, media } of walkthroughs.flatMap(({ steps }) => steps)) {
      assert.match(readFileSync(media.svg, "utf8"), /^<svg .*\n<title>/);
      assert.ok(media.altText);
      for (const [, command = "", args = "[]"] of description.matchAll(COMMAND)) {
        assert.ok(known.has(command) || command.startsWith("workbench."), command);
        const [first] = JSON.parse(decodeURIComponent(args)) as string[];
        if (command === "inlayer.openExample" && first !== undefined)
          assert.ok(EXAMPLES.some(({ file }) => file === first));
      }
    }
  });
  it("ships all examples", () => {
    assert.deepEqual(
      EXAMPLES.map(({ file }) => `${file}.py`),
      readdirSync("examples").filter((it) => it.endsWith(".py")),
    );
  });
});

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { importsKeras } from "../../client/importSearch.ts";

const ROOT = "file:///project";

/** A project of these files; counts the folders and files that were looked at. */
function project(files: Readonly<Record<string, string>>) {
  const looks = { folders: 0, files: 0 };
  const place = {
    names: async (folder: string) => {
      looks.folders++;
      const inside = Object.keys(files).filter((it) => `${ROOT}/${it}`.startsWith(`${folder}/`));
      const rest = inside.map((it) => `${ROOT}/${it}`.slice(folder.length + 1));
      return new Set(rest.map((it) => it.replace(/\/.*$/, "/")));
    },
    text: async (file: string) => {
      looks.files++;
      return files[file.slice(ROOT.length + 1)] ?? "";
    },
  };
  const leads = (path: string, text: string) => importsKeras(place, `${ROOT}/${path}`, text, [ROOT]);
  return { looks, leads };
}
const NET = "import keras\n";

describe("a text that does not name Keras leads to it", () => {
  test("through a file beside it, also by a relative name", async () => {
    const { leads } = project({ "blocks.py": NET, "pkg/__init__.py": "", "pkg/blocks.py": NET });
    assert.equal(await leads("main.py", "from blocks import make\n"), true);
    assert.equal(await leads("pkg/main.py", "from .blocks import make\n"), true);
    assert.equal(await leads("pkg/main.py", "from . import blocks\n"), true);
    assert.equal(await leads("pkg/deep/main.py", "from ..blocks import make\n"), true);
  });
  test("through a package, the project's root, and its src", async () => {
    const { leads } = project({
      "nets/__init__.py": "from .small import model\n",
      "nets/small.py": NET,
      "src/lib/__init__.py": "",
      "src/lib/deep/net.py": NET,
    });
    assert.equal(await leads("main.py", "import nets\n"), true);
    assert.equal(await leads("scripts/run.py", "from nets import model\n"), true);
    assert.equal(await leads("scripts/run.py", "from lib.deep.net import f\n"), true);
    assert.equal(await leads("scripts/run.py", "from lib.deep import net\n"), true);
    assert.equal(await leads("scripts/run.py", "import lib\n"), false);
  });
  test("through several files, in a circle too", async () => {
    const { leads } = project({
      "a.py": "import b\n",
      "b.py": "import a\nimport c\n",
      "c.py": "import d",
      "d.py": NET,
    });
    assert.equal(await leads("main.py", "import a\n"), true);
    const { leads: round } = project({ "a.py": "import b\n", "b.py": "import a\n" });
    assert.equal(await round("main.py", "import a\n"), false);
  });
});

describe("one that does not costs little", () => {
  test("no file is read for what is installed", async () => {
    const { leads, looks } = project({ "tools.py": "", "main.py": "" });
    const text = "import os, sys\nimport numpy as np\nfrom torch import nn\nfrom pandas.core import frame\n";
    assert.equal(await leads("main.py", text), false);
    assert.deepEqual(looks, { folders: 2, files: 0 });
  });
  test("a large project is given up", async () => {
    const files = Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`m${i}.py`, `import m${i + 1}\n`]));
    const { leads, looks } = project(files);
    assert.equal(await leads("main.py", "import m0\n"), false);
    assert.ok(looks.files <= 40, `${looks.files} files`);
  });
});

import assert from "node:assert/strict";
import test from "node:test";
import { decode } from "../../server/workspace/decode.ts";

const bytes = (...parts: readonly (string | readonly number[])[]) =>
  Buffer.concat(parts.map((part) => Buffer.from(part as string)));

test("UTF-8, with and without its mark", () => {
  assert.deepEqual(decode(bytes("x = 'ä'\n")), { text: "x = 'ä'\n" });
  assert.deepEqual(decode(bytes([0xef, 0xbb, 0xbf], "x = 'ä'\r\n")), { text: "x = 'ä'\r\n" });
  assert.deepEqual(decode(bytes()), { text: "" });
});

test("UTF-16 by its mark, in either order", () => {
  const little = Buffer.from("x = 'ä'", "utf16le");
  assert.deepEqual(decode(Buffer.concat([Buffer.from([0xff, 0xfe]), little])), { text: "x = 'ä'" });
  const big = Buffer.from(little).swap16();
  assert.deepEqual(decode(Buffer.concat([Buffer.from([0xfe, 0xff]), big])), { text: "x = 'ä'" });
});

test("PEP 263: a cookie in the first or the second line", () => {
  const latin = Buffer.from("# -*- coding: latin-1 -*-\nx = 'ä\x80'\n", "latin1");
  assert.deepEqual(decode(latin), { text: "# -*- coding: latin-1 -*-\nx = 'ä\x80'\n" });
  const second = Buffer.from("#!/usr/bin/env python\n# vim: set fileencoding=iso_8859_1 :\nx = 'ä'\n", "latin1");
  assert.deepEqual(decode(second), { text: second.toString("latin1") });
  assert.deepEqual(decode(bytes("# coding: cp1252\nx = '", [0x80], "'")), { text: "# coding: cp1252\nx = '€'" });
  const late = Buffer.from("x = 1\n# coding: latin-1\ny = 'ä'\n", "latin1");
  assert.match(JSON.stringify(decode(late)), /not text in UTF-8/);
  // As people write it; Python takes the `utf`.
  assert.deepEqual(decode(bytes("# -*- coding: utf - 8 -*-\nx = 'ä'")), { text: "# -*- coding: utf - 8 -*-\nx = 'ä'" });
  // What stands behind a dash is none of the name's to Python.
  assert.deepEqual(decode(bytes("# -*- coding:utf-8-*-\nx = 'ä'")), { text: "# -*- coding:utf-8-*-\nx = 'ä'" });
  assert.deepEqual(decode(bytes("# coding: latin-1-x\nx = '", [0xe4], "'")), { text: "# coding: latin-1-x\nx = 'ä'" });
  assert.deepEqual(decode(bytes("# coding: klingon\n")), { problem: "its encoding klingon is not known" });
});

test("what is not text says so", () => {
  assert.match(JSON.stringify(decode(bytes("\x7fELF\0\0"))), /it is not text: it holds NUL bytes/);
  assert.match(JSON.stringify(decode(bytes([0xff, 0xfe, 0, 0, 0x41, 0, 0, 0]))), /NUL bytes/);
  assert.match(JSON.stringify(decode(bytes("x = '", [0xe4], "'"))), /not text in UTF-8: save it as UTF-8/);
});

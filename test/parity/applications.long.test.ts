/** Models of keras.applications against what the real Keras gave with the same weights and inputs, at some layers. */
import { describe, it } from "node:test";
import { applications } from "./cases.ts";
import { check } from "./compare.ts";

describe("keras.applications", () => {
  for (const one of applications())
    it(`${one.text}: as Keras`, async () => {
      await check(one);
    });
});

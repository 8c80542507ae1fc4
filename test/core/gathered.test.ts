import assert from "node:assert/strict";
import { test } from "node:test";
import { Gathered } from "../../core/gathered.ts";
import type { Fault } from "../../core/interpreter/record.ts";
import type { Place } from "../../core/interpreter/values.ts";

test("sorting out what was refused costs as much as there is of it", () => {
  const count = 2000;
  let looks = 0;
  const at = (start: number): Place => ({ path: "a.py", statement: 1, span: { start, end: start + 1 } });
  const faults = Array.from({ length: count }, (_, i): { kind: "fault"; fault: Fault } => ({
    kind: "fault",
    fault: {
      code: "bad-argument",
      severity: "error",
      message: "",
      related: [],
      repairs: [],
      isConditional: true,
      callers: [at(i)],
      get place() {
        looks++;
        return at(0);
      },
    },
  }));
  assert.equal(new Gathered(faults).faults.length, count);
  assert.ok(looks <= 4 * count, `${looks} looks at ${count} faults`);
});

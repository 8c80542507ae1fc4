import { type Block, type LineClaim, sizesOf, tensorsOf } from "./parse.ts";
import type { Answer, BlockRecord, Facts, Raised } from "./record.ts";

/**
 * Whether the claims of a block hold on the real Keras. A problem is a sentence that starts with the block's line.
 *
 * - A line claimed `error:` raises, on both backends: in its own statement, or, where another line says `raises: Type`
 *   (the crash is elsewhere than its cause), there; on JAX also before it.
 * - Nothing else raises on TensorFlow. What JAX alone raises is recorded and nothing is claimed of it.
 * - Shapes, dtypes and parameters are those that were seen. What stands behind an error was not run and is not judged.
 */
export function judge(block: Block, record: BlockRecord): readonly string[] {
  const problems = [
    ...block.claims.flatMap((claim) => [...judgeFacts(claim, record.tensorflow), ...judgeRaises(claim, record)]),
    ...block.claims.filter(claimsError).flatMap((claim) => judgeError(claim, block, record)),
    ...record.tensorflow.raised.flatMap((raised) => judgeUnclaimed(raised, block)),
  ];
  return problems;
}

const claimsError = (claim: LineClaim): boolean => claim.diagnostics.some((d) => d.severity === "error");
const isAt = (raised: Raised, line: number): boolean =>
  raised.in.some(([first, last]) => first <= line && line <= last);
const told = (raised: Raised): string => `${raised.type}: ${raised.message}`;

/** Running out of memory is the machine's affair: JAX allocates later than it is asked to. */
const isMemory = (raised: Raised): boolean => ["ResourceExhaustedError", "MemoryError"].includes(raised.type);

function judgeError(claim: LineClaim, block: Block, record: BlockRecord): readonly string[] {
  const places = [claim.line, ...block.claims.filter((c) => c.raises !== undefined).map((c) => c.line)];
  const matching = (list: readonly Raised[]): Raised | undefined =>
    list.find((raised) => places.some((line) => isAt(raised, line)));
  const raised = matching(record.tensorflow.raised);
  if (raised === undefined) return [`${claim.line}: an error is claimed, but Keras runs it`];
  if (isMemory(raised) || matching(record.jax.raised) !== undefined) return [];
  // JAX may stop at a statement before, and never reach this one.
  if (record.jax.raised.some((other) => other.in.some(([first]) => first < Math.max(...places)))) return [];
  return [`${claim.line}: an error is claimed, but on JAX it runs (on TensorFlow ${told(raised)})`];
}

function judgeRaises(claim: LineClaim, record: BlockRecord): readonly string[] {
  if (claim.raises === undefined) return [];
  const here = record.tensorflow.raised.filter((raised) => isAt(raised, claim.line));
  if (here.some((raised) => raised.type === claim.raises)) return [];
  const instead = here[0] === undefined ? "it runs" : `it raises ${told(here[0])}`;
  return [`${claim.line}: raises ${claim.raises} is claimed, but ${instead}`];
}

function judgeUnclaimed(raised: Raised, block: Block): readonly string[] {
  const expected = block.claims.some((c) => (claimsError(c) || c.raises !== undefined) && isAt(raised, c.line));
  if (expected) return [];
  const line = raised.in.at(-1)?.[0] ?? 1;
  return [`${line}: nothing is claimed, but Keras raises ${told(raised)}`];
}

function judgeFacts(claim: LineClaim, answer: Answer): readonly string[] {
  const { shapes, dtypes, params } = claim;
  if (shapes === undefined && dtypes === undefined && params === undefined) return [];
  const seen = answer.lines[String(claim.line)];
  if (seen === "after error") return [];
  if (seen === undefined) return [`${claim.line}: the record says nothing of this line`];
  if (typeof seen === "string") return [`${claim.line}: a value is claimed, but ${EXPLAINED[seen]}`];
  return factProblems(claim, seen).map((problem) => `${claim.line}: ${problem}`);
}

const EXPLAINED = {
  "never ran": "this line never ran",
  "no value": "there is no tensor, layer or model on this line",
} as const;

function factProblems({ shapes, dtypes, params }: LineClaim, seen: Facts): readonly string[] {
  const problems: string[] = [];
  const told = (list: readonly string[] | null): string => list?.join(" | ") ?? "nothing";
  if (shapes !== undefined && !sameShapes(shapes, seen.shapes ?? []))
    problems.push(`shape ${told(shapes)} is claimed, Keras says ${told(seen.shapes)}`);
  if (dtypes !== undefined && !sameDtypes(dtypes, seen.dtypes ?? []))
    problems.push(`dtype ${told(dtypes)} is claimed, Keras says ${told(seen.dtypes)}`);
  if (params !== undefined && params !== seen.params)
    problems.push(
      `params ${params} is claimed, Keras says ${seen.params ?? "nothing: no layer is called or built here"}`,
    );
  return problems;
}

function sameShapes(claimed: readonly string[], seen: readonly string[]): boolean {
  const whole = (a: string, b: string): boolean => {
    const [as, bs] = [tensorsOf(a), tensorsOf(b)];
    return as.length === bs.length && as.every((shape, index) => sameShape(shape, bs[index] ?? ""));
  };
  return claimed.length === seen.length && claimed.every((shapes, index) => whole(shapes, seen[index] ?? ""));
}

/** `?` and names stand for what the text does not tell, so any size that was seen is as claimed. */
function sameShape(claimed: string, seen: string): boolean {
  if (claimed === "?") return true;
  const [as, bs] = [sizesOf(claimed), sizesOf(seen)];
  return as.length === bs.length && as.every((size, index) => size === bs[index] || !/^(\d+|None)$/.test(size));
}

/** Several results of one dtype may be claimed once. */
function sameDtypes(claimed: readonly string[], seen: readonly string[]): boolean {
  const distinct = [...new Set(seen)];
  return claimed.length === distinct.length && claimed.every((dtype, index) => dtype === distinct[index]);
}

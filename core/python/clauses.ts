import { breakFrom, brokenReason, type Gatherer, gatherBlock } from "./blocks.ts";
import type { Line } from "./line.ts";
import type { Compound } from "./lower/compound.ts";
import { sameOrNew } from "./reuse.ts";
import { shifted } from "./shift.ts";
import type { Block, Handler, If, Match, Pattern, Statement, Try } from "./syntax.ts";
import { CLAUSE_WORDS } from "./words.ts";

/** A compound's parts; positions are offsets in the text. */
interface Body {
  readonly block: Block;
  readonly end: number;
}

const CLAUSES: Readonly<Record<Compound["kind"], readonly string[]>> = {
  If: ["elif", "else"],
  For: ["else"],
  While: ["else"],
  Try: ["except", "else", "finally"],
  With: [],
  Match: [],
  FunctionDef: [],
  ClassDef: [],
};

/**
 * The whole statement whose header stands at the line `header` and whose first line is `first`; `undefined` if it has
 * no body. Afterwards the gatherer stands behind it; if there is no body, it has not moved.
 */
export function buildCompound(
  g: Gatherer,
  first: number,
  header: number,
  statement: Compound,
  inline: Block | undefined,
): Statement | undefined {
  const line = g.lines[first];
  const headerLine = g.lines[header];
  if (!line || !headerLine) return undefined;
  headerLine.count = 0;
  const whole =
    statement.kind === "Match"
      ? buildMatch(g, headerLine, statement, header)
      : buildPlain(g, line, headerLine, header, statement, inline);
  if (!whole) return undefined;
  const result = sameOrNew(line.built, whole);
  line.remember(result);
  return result;
}

function buildPlain(
  g: Gatherer,
  line: Line,
  headerLine: Line,
  header: number,
  statement: Exclude<Compound, Match>,
  inline: Block | undefined,
): Statement | undefined {
  const body = gatherBody(g, header, headerLine, line.start, inline);
  if (!body) return undefined;
  if (statement.kind === "If") return buildIf(g, line, statement, body);
  if (statement.kind === "Try") return buildTry(g, line, statement, body);
  const clause = nextClause(g, line.indent, CLAUSES[statement.kind]);
  const otherwise = clause && gatherClause(g, clause, line.start);
  const span = { start: 0, end: (otherwise ?? body).end - line.start };
  if (statement.kind === "For" || statement.kind === "While")
    return { ...statement, span, body: body.block, otherwise: otherwise?.block };
  return { ...statement, span, body: body.block };
}

/** The body of the header at line `at`: on its own line, or the lines that stand further in. */
function gatherBody(g: Gatherer, at: number, line: Line, holder: number, inline: Block | undefined): Body | undefined {
  if (inline) {
    g.at = at + 1;
    // A clause's own statements count from the clause; a header's, decorators and all, already from their holder.
    return { block: moved(inline, CLAUSE_WORDS.has(line.head) ? line.start - holder : 0), end: line.end };
  }
  const next = g.lines[at + 1];
  if (!line.opensBlock || !next || next.isEmpty || next.indent <= line.indent) return undefined;
  g.at = at + 1;
  const block = gatherBlock(g, next.indent, line.indent, holder);
  return { block, end: endOf(block, holder) };
}

function moved(block: Block, by: number): Block {
  if (by === 0) return block;
  return { entries: block.entries.map((entry) => ({ offset: entry.offset + by, statement: entry.statement })) };
}

function endOf(block: Block, holder: number): number {
  const last = block.entries.at(-1);
  return last ? holder + last.offset + last.statement.span.end : holder;
}

/** The line at hand if it is a clause of the statement before. */
function nextClause(g: Gatherer, indent: number, heads: readonly string[]): Line | undefined {
  const line = g.lines[g.at];
  if (!line || line.indent !== indent || line.isEmpty || !heads.includes(line.head)) return undefined;
  line.count = 0;
  return line;
}

/** An `else` or `finally`. A clause that cannot be read holds one broken statement: what it would do is not known. */
function gatherClause(g: Gatherer, line: Line, holder: number): Body {
  const { reading } = line;
  if (reading?.kind === "else" || reading?.kind === "finally") {
    const body = gatherBody(g, g.at, line, holder, reading.inline);
    if (body) return body;
  }
  return brokenBody(g, line, holder, reading?.kind === "else" || reading?.kind === "finally");
}

function brokenBody(g: Gatherer, line: Line, holder: number, readable: boolean): Body {
  const reason = readable ? "expected an indented block" : brokenReason(line, line.reading);
  const entry = breakFrom(g, g.at, g.at, line.indent, reason, holder);
  const block = { entries: [entry] };
  return { block, end: endOf(block, holder) };
}

interface Branch {
  readonly line: Line;
  readonly statement: If;
  readonly body: Body;
}

/** More are one broken statement: each `elif` nests in the one before, and readers recurse. */
const MAX_BRANCHES = 100;

/** `elif` is an If as the only statement of `otherwise`; so the chain is gathered first and closed from its end. */
function buildIf(g: Gatherer, line: Line, statement: If, body: Body): If {
  const branches: Branch[] = [];
  let otherwise: Body | undefined;
  while (!otherwise) {
    const clause = nextClause(g, line.indent, CLAUSES.If);
    if (!clause) break;
    const holder = branches.at(-1)?.line.start ?? line.start;
    const full = branches.length >= MAX_BRANCHES;
    const branch = full ? undefined : gatherBranch(g, clause);
    if (branch) branches.push(branch);
    else otherwise = clause.head === "else" ? gatherClause(g, clause, holder) : brokenBranch(g, clause, holder, full);
  }
  return closeBranches(branches, { line, statement, body }, otherwise);
}

function gatherBranch(g: Gatherer, line: Line): Branch | undefined {
  const { reading } = line;
  if (reading?.kind !== "elif" || reading.statement.kind !== "If") return undefined;
  const body = gatherBody(g, g.at, line, line.start, reading.inline);
  return body && { line, statement: reading.statement, body };
}

/** What follows an `elif` that cannot be read runs only if that fails too, so it goes into the same block behind it. */
function brokenBranch(g: Gatherer, first: Line, holder: number, full: boolean): Body {
  const entries: Block["entries"][number][] = [];
  let clause: Line | undefined = first;
  while (clause && clause.head !== "else") {
    const rest: Body | undefined = entries.length > 0 && !full ? gatherRest(g, clause, holder) : undefined;
    entries.push(...(rest ?? brokenBody(g, clause, holder, clause.reading?.kind === "elif")).block.entries);
    clause = nextClause(g, clause.indent, CLAUSES.If);
  }
  if (clause) entries.push(...gatherClause(g, clause, holder).block.entries);
  const block = { entries };
  return { block, end: endOf(block, holder) };
}

/** The rest of a chain from a readable `elif` on, as a statement of its own. */
function gatherRest(g: Gatherer, line: Line, holder: number): Body | undefined {
  const branch = g.level < MAX_BRANCHES ? gatherBranch(g, line) : undefined;
  if (!branch) return undefined;
  // Chains in chains multiply their depths, so each counts for many blocks.
  g.level += MAX_BRANCHES / 5;
  const statement = buildIf(g, line, branch.statement, branch.body);
  g.level -= MAX_BRANCHES / 5;
  const block = { entries: [{ offset: line.start - holder, statement }] };
  return { block, end: endOf(block, holder) };
}

/** From the last to the first: each is the only statement of the one before. */
function closeBranches(branches: readonly Branch[], first: Branch, last: Body | undefined): If {
  let otherwise = last;
  for (let index = branches.length - 1; index >= 0; index--) {
    const branch = branches[index] ?? first;
    const statement = closeBranch(branch, otherwise);
    const holder = (branches[index - 1] ?? first).line.start;
    const end = branch.line.start + statement.span.end;
    otherwise = { block: { entries: [{ offset: branch.line.start - holder, statement }] }, end };
  }
  return closeBranch(first, otherwise);
}

function closeBranch({ line, statement, body }: Branch, otherwise: Body | undefined): If {
  const span = { start: 0, end: (otherwise ?? body).end - line.start };
  const kept = sameOrNew<If>(line.built, { ...statement, span, body: body.block, otherwise: otherwise?.block });
  line.remember(kept);
  return kept;
}

function buildTry(g: Gatherer, line: Line, statement: Try, body: Body): Try {
  const handlers: Handler[] = [];
  let otherwise: Body | undefined;
  let final: Body | undefined;
  let end = body.end;
  for (;;) {
    const heads = final ? [] : otherwise ? ["finally"] : CLAUSES.Try;
    const clause = nextClause(g, line.indent, heads);
    if (!clause) break;
    if (clause.head === "except") {
      const { handler, end: handlerEnd } = gatherHandler(g, clause, line.start);
      handlers.push(handler);
      end = handlerEnd;
      continue;
    }
    const gathered = gatherClause(g, clause, line.start);
    if (clause.head === "else") otherwise = gathered;
    else final = gathered;
    end = gathered.end;
  }
  const span = { start: 0, end: end - line.start };
  return { ...statement, span, body: body.block, handlers, otherwise: otherwise?.block, finally: final?.block };
}

function gatherHandler(g: Gatherer, line: Line, holder: number): { handler: Handler; end: number } {
  const reading = placed(line, holder);
  if (reading?.kind === "except") {
    const body = gatherBody(g, g.at, line, holder, reading.inline);
    if (body) return { handler: { type: reading.type, name: reading.name, body: body.block }, end: body.end };
  }
  const body = brokenBody(g, line, holder, reading?.kind === "except");
  return { handler: { type: undefined, name: undefined, body: body.block }, end: body.end };
}

/** The reading with its own spans counted from the statement that holds it. */
function placed(line: Line, holder: number): Line["reading"] {
  const { reading } = line;
  if (reading?.kind !== "except" && reading?.kind !== "case") return reading;
  const by = line.start - holder;
  if (line.placed?.by === by) return line.placed.reading;
  const result = { ...shifted({ ...reading, inline: undefined }, by), inline: reading.inline };
  line.placed = { by, reading: result };
  return result;
}

function buildMatch(g: Gatherer, line: Line, statement: Match, header: number): Match | undefined {
  const next = g.lines[header + 1];
  if (!line.opensBlock || !next || next.isEmpty || next.indent <= line.indent) return undefined;
  g.at = header + 1;
  const cases: Match["cases"][number][] = [];
  let end = line.end;
  for (let at = next; at.indent > line.indent && !at.isEmpty; ) {
    const { found, end: caseEnd } = gatherCase(g, at, line.start, at.indent === next.indent, line.indent);
    cases.push(found);
    end = caseEnd;
    const following = g.lines[g.at];
    if (!following) break;
    at = following;
  }
  return { ...statement, span: { start: 0, end: end - line.start }, cases };
}

function gatherCase(
  g: Gatherer,
  line: Line,
  holder: number,
  inPlace: boolean,
  outer: number,
): { found: Match["cases"][number]; end: number } {
  const reading = inPlace ? placed(line, holder) : undefined;
  line.count = 0;
  if (reading?.kind === "case") {
    const body = gatherBody(g, g.at, line, holder, reading.inline);
    if (body) return { found: { pattern: reading.pattern, guard: reading.guard, body: body.block }, end: body.end };
  }
  const indent = inPlace ? line.indent : outer;
  const reason = inPlace ? brokenReason(line, reading) : "unexpected indent";
  const entry = breakFrom(g, g.at, g.at, indent, reason, holder);
  const { statement } = entry;
  const end = holder + entry.offset + statement.span.end;
  const found = { pattern: brokenPattern(line, entry, reason), guard: undefined, body: { entries: [entry] } };
  return { found, end };
}

/** What a case that cannot be read matches is not known. */
function brokenPattern(line: Line, { offset, statement }: Block["entries"][number], reason: string): Pattern {
  // A node of its own, so an id of its own, and the same as long as the statement's.
  const id = -statement.id;
  const old = line.brokenPattern?.value;
  if (line.brokenPattern && old?.id === id && old.span.start === offset) return line.brokenPattern;
  const names = statement.kind === "BrokenStatement" ? statement.names : [];
  const span = { start: offset, end: offset + statement.span.end };
  line.brokenPattern = { kind: "value", value: { kind: "BrokenExpression", id, span, names, reason } };
  return line.brokenPattern;
}

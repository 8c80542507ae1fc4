import { createHash } from "node:crypto";
import { isAbsolute } from "node:path";
import { pathToFileURL } from "node:url";
import type { Location, Log, PhysicalLocation, Region, ReportingDescriptor, Result, Run } from "sarif";
import { RULES, type Severity } from "../../../core/index.ts";
import { lineKey } from "../baseline.ts";
import type { CheckedFile } from "../checkFile.ts";
import type { Host } from "../host.ts";
import type { DiagnosticReport } from "../json.ts";
import { slashed } from "../slashed.ts";
import { type Finished, inCell, isChecked } from "./format.ts";

const LEVELS = { error: "error", warning: "warning", information: "note", hint: "note" } as const satisfies Readonly<
  Record<Severity, string>
>;
const SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";
/** Where paths are from; who reads the report knows where that is. */
const ROOT = "%SRCROOT%";

interface Place {
  readonly path: string;
  readonly cell?: number;
  readonly line: number;
  readonly column: number;
  readonly endLine?: number | undefined;
  readonly endColumn?: number | undefined;
}

const artifactOf = (path: string) =>
  isAbsolute(path)
    ? { uri: pathToFileURL(path).href }
    : {
        uri: slashed(path)
          .replace(/^(?:\.\/)+/, "")
          .split("/")
          .map(encodeURIComponent)
          .join("/"),
        uriBaseId: ROOT,
      };

/** A notebook's lines are those of its cells, which no reader of the file counts: it is the file's first line then. */
function physical({ path, cell, line, column, endLine, endColumn }: Place): PhysicalLocation {
  const region = cell === undefined ? regionOf({ line, column, endLine, endColumn }) : { startLine: 1 };
  return { artifactLocation: artifactOf(path), region };
}
const regionOf = ({ line, column, endLine, endColumn }: Omit<Place, "path">): Region => ({
  startLine: line,
  startColumn: column,
  ...(endLine !== undefined && { endLine }),
  ...(endColumn !== undefined && { endColumn }),
});
function locationOf(place: Place, message?: string): Location {
  const { cell } = place;
  const logical = cell === undefined ? {} : { logicalLocations: [{ name: `cell ${cell}`, kind: "module" }] };
  return {
    physicalLocation: physical(place),
    ...logical,
    ...(message !== undefined && { message: { text: inCell(place) + message } }),
  };
}

/** The places that take part, in the order of the text: the way that a fault takes. Only where all lie in one file. */
function flowOf(path: string, it: DiagnosticReport): Pick<Result, "codeFlows"> {
  if (it.related.length === 0 || it.related.some((other) => other.path !== path || other.cell !== it.cell)) return {};
  const steps = [{ ...it, path }, ...it.related].toSorted((a, b) => a.line - b.line || a.column - b.column);
  const locations = steps.map((step) => ({ location: locationOf(step, step.message) }));
  return { codeFlows: [{ threadFlows: [{ locations }] }] };
}

/** A notebook's edits cannot be said in places of its file. */
function fixesOf({ cell, fixes }: DiagnosticReport): Pick<Result, "fixes"> {
  if (cell !== undefined || fixes.length === 0) return {};
  const preferredFirst = fixes.toSorted((a, b) => Number(b.preferred) - Number(a.preferred));
  return {
    fixes: preferredFirst.map(({ title, edits }) => ({
      description: { text: title },
      artifactChanges: [...new Set(edits.map(({ path }) => path))].map((path) => ({
        artifactLocation: artifactOf(path),
        replacements: edits
          .filter((edit) => edit.path === path)
          .map((edit) => ({ deletedRegion: regionOf(edit), insertedContent: { text: edit.newText } })),
      })),
    })),
  };
}

function resultsOf({ report: { path, diagnostics }, lines }: CheckedFile): Result[] {
  const seen = new Map<string, number>();
  return diagnostics.map((it, i) => {
    // As a baseline does: by what the line says, not by where it stands.
    const alike = `${slashed(path)} ${it.code} ${lineKey(lines[i] ?? "")}`;
    const nth = (seen.get(alike) ?? 0) + 1;
    seen.set(alike, nth);
    const related = it.related.map((other, id) => ({ id, ...locationOf(other, other.message) }));
    return {
      ruleId: it.code,
      level: LEVELS[it.severity],
      message: { text: inCell(it) + it.message },
      locations: [locationOf({ ...it, path })],
      partialFingerprints: { "inlayer/v1": createHash("sha256").update(`${alike} ${nth}`).digest("hex").slice(0, 32) },
      ...(related.length > 0 && { relatedLocations: related }),
      ...flowOf(path, it),
      ...fixesOf(it),
      properties: { severity: it.severity },
    };
  });
}

async function ruleOf(code: string, host: Host): Promise<ReportingDescriptor> {
  const rule = RULES.find((it) => it.code === code);
  const page = await host.rulePage(code);
  return {
    id: code,
    ...(rule && {
      shortDescription: { text: rule.summary },
      defaultConfiguration: { level: LEVELS[rule.severity] },
    }),
    ...(page !== undefined && { help: { text: page, markdown: page } }),
  };
}

/** SARIF 2.1.0, of the rules that found something, with their pages. */
export async function sarifReport({ all, code, host }: Finished): Promise<string> {
  const found = all.filter(isChecked).flatMap(resultsOf);
  const codes = [...new Set(found.map(({ ruleId }) => ruleId ?? ""))].sort();
  const rules = await Promise.all(codes.map((it) => ruleOf(it, host)));
  const unread = all.flatMap((it) => (isChecked(it) ? [] : [it]));
  const run: Run = {
    tool: { driver: { name: "Inlayer", version: host.version, semanticVersion: host.version, rules } },
    columnKind: "utf16CodeUnits",
    invocations: [
      {
        executionSuccessful: unread.length === 0,
        exitCode: code,
        toolExecutionNotifications: unread.map(({ target, problem }) => ({
          level: "error",
          message: { text: problem },
          locations: [{ physicalLocation: { artifactLocation: artifactOf(target.name) } }],
        })),
      },
    ],
    results: found.map((it) => ({ ...it, ruleIndex: codes.indexOf(it.ruleId ?? "") })),
  };
  const log: Log = { $schema: SCHEMA, version: "2.1.0", runs: [run] };
  return `${JSON.stringify(log, null, 2)}\n`;
}

import { XMLBuilder } from "fast-xml-parser";
import { isAtLeast, type Severity } from "../../../core/index.ts";
import type { CheckedFile } from "../checkFile.ts";
import { safe } from "../displayLine.ts";
import type { DiagnosticReport } from "../json.ts";
import { slashed } from "../slashed.ts";
import { type Finished, inCell, isChecked, placed } from "./format.ts";

const BUILDER = { ignoreAttributes: false, attributeNamePrefix: "@", format: true, suppressEmptyNode: true } as const;
/** One line: what an XML parser makes of a break in an attribute is a space. */
const oneLine = (text: string): string => safe(text).replace(/\s+/g, " ");

interface Case {
  readonly "@name": string;
  readonly "@classname": string;
  readonly "@file": string;
  readonly "@line"?: number;
  readonly [outcome: string]: unknown;
}

/** What fails is a failure; what is only told goes along with a test that passes. */
function caseOf(it: DiagnosticReport, file: string, source: string, failOn: Severity): Case {
  const { code, severity, message, line, column, cell } = it;
  const words = safe(`${placed(file, it)}: ${severity}[${code}]: ${message}\n\n${source}`);
  const outcome = isAtLeast(severity, failOn)
    ? { failure: { "@message": oneLine(inCell(it) + message), "@type": code, "#text": words } }
    : { "system-out": words };
  const where = cell === undefined ? `line ${line}` : `cell ${cell}, line ${line}`;
  const told = { "@name": `${code}, ${where}, column ${column}`, "@classname": file, "@file": file };
  return { ...told, ...(cell === undefined && { "@line": line }), ...outcome };
}

function suiteOf(name: string, cases: readonly Case[]) {
  const count = (outcome: string) => cases.filter((it) => outcome in it).length;
  return {
    "@name": name,
    "@tests": cases.length,
    "@failures": count("failure"),
    "@errors": count("error"),
    testcase: cases,
  };
}

function suiteOfFile({ target, report, lines }: CheckedFile, failOn: Severity) {
  const name = oneLine(slashed(report.path));
  const cases = report.diagnostics.map((it, i) => caseOf(it, name, lines[i] ?? "", failOn));
  return suiteOf(name, cases.length > 0 ? cases : [passed(oneLine(slashed(target.name)))]);
}
const passed = (name: string): Case => ({ "@name": "nothing to report", "@classname": name, "@file": name });

function suiteOfUnread(path: string, problem: string) {
  const name = oneLine(slashed(path));
  const error = { "@message": oneLine(problem), "@type": "unreadable", "#text": safe(problem) };
  return suiteOf(name, [{ "@name": "unreadable", "@classname": name, "@file": name, error }]);
}

/** JUnit's XML as CI systems read it: a suite for each file, a test for each diagnostic, or one that passes. */
export function junitReport({ all, failOn }: Finished): string {
  const suites = all.map((it) =>
    isChecked(it) ? suiteOfFile(it, failOn(it.target)) : suiteOfUnread(it.target.name, it.problem),
  );
  const sum = (key: "@tests" | "@failures" | "@errors") => suites.reduce((total, it) => total + it[key], 0);
  const totals = { "@tests": sum("@tests"), "@failures": sum("@failures"), "@errors": sum("@errors") };
  return new XMLBuilder(BUILDER).build({
    "?xml": { "@version": "1.0", "@encoding": "UTF-8" },
    testsuites: { "@name": "inlayer", ...totals, testsuite: suites },
  });
}

/** The parts of `npm run corpus`, all or those that are named. Exit code 1: a crash, or a claim that is wrong. */
import { compareApplications } from "./applications.ts";
import { compareDevelop } from "./develop.ts";
import { surveyFiles } from "./files.ts";
import { compareCalls } from "./models.ts";
import { CorpusReader } from "./reading.ts";

const PARTS = ["files", "applications", "calls", "develop"];
const given = process.argv.slice(2);
const at = given.indexOf("--checkout");
const checkout = at < 0 ? undefined : given[at + 1];
const words = given.filter((_, i) => at < 0 || (i !== at && i !== at + 1));
const parts = words.filter((it) => PARTS.includes(it));
const names = words.filter((it) => !PARTS.includes(it));
const isWanted = (part: string): boolean => parts.length === 0 || parts.includes(part);

const reader = await CorpusReader.create();
const python = (): string => process.env["ORACLE_PYTHON"] ?? "python3";
const good: boolean[] = [];
if (isWanted("applications")) good.push(await compareApplications(reader, names));
if (isWanted("calls")) good.push(await compareCalls(reader, names, python));
if (isWanted("develop")) good.push(await compareDevelop(reader, names, checkout));
if (isWanted("files")) good.push(await surveyFiles(reader, names));
process.exit(good.every((it) => it) ? 0 : 1);

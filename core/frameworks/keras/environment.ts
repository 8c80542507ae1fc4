import type { Version } from "./version.ts";

/** What the host tells of a project's Python environment, as text; undefined where a package is not known. */
export interface Environment {
  readonly keras?: string | undefined;
  readonly tensorflow?: string | undefined;
  /** False where only a file of requirements says so. */
  readonly installed?: boolean | undefined;
}

/** The release whose signatures Inlayer has. */
const CATALOGUE = "3.15.1";
/** What each Keras of the catalogue says that it is. */
export const RELEASES: Readonly<Record<Version, string>> = { 2: "2.21.0", 3: CATALOGUE };

/** Reads the host's answer; a text that is none says nothing. */
export function environmentIn(text: string | undefined): Environment {
  try {
    const data: unknown = text === undefined ? {} : JSON.parse(text);
    if (typeof data !== "object" || data === null) return {};
    const { keras, tensorflow, installed } = data as Readonly<Record<string, unknown>>;
    const version = (it: unknown) => (typeof it === "string" && /^>?\d/.test(it) ? it : undefined);
    return { keras: version(keras), tensorflow: version(tensorflow), installed: installed === true };
  } catch {
    return {};
  }
}

/** Which Keras a file gets there by the way that it imports it; undefined where nothing says it. */
export function versionThere({ keras, tensorflow }: Environment, throughTensorflow: boolean): Version | undefined {
  const byTensorflow = numbers(tensorflow);
  const byKeras = numbers(keras);
  const newTensorflow = byTensorflow && (byTensorflow.major > 2 || byTensorflow.minor >= 16);
  // A lower bound is no version: `>=2.4` is met by the newest as well.
  const fromTensorflow = byTensorflow && (newTensorflow ? 3 : byTensorflow.isLeast ? undefined : 2);
  const fromKeras = byKeras && (byKeras.major >= 3 ? 3 : byKeras.isLeast ? undefined : 2);
  return throughTensorflow ? (fromTensorflow ?? fromKeras) : (fromKeras ?? fromTensorflow);
}

/** Another release is there than the one whose signatures are known; a lower bound may mean that one. */
export const isOtherRelease = ({ keras, tensorflow }: Environment): boolean => {
  const version = keras ?? tensorflow;
  return version !== undefined && version !== CATALOGUE && !version.startsWith(">");
};

function numbers(version: string | undefined) {
  if (version === undefined) return undefined;
  const [major = 0, minor = 0] = version.replace(/^>/, "").split(".").map(Number);
  return { major, minor, isLeast: version.startsWith(">") };
}

/** The versions that a text of requirements comes down to. */
export interface Pins {
  readonly keras?: string | undefined;
  readonly tensorflow?: string | undefined;
}

const PACKAGES = {
  keras: "keras",
  tensorflow: "tensorflow(?:[-_](?:cpu|gpu|intel|macos))?",
} as const;

/**
 * The newest version that the requirement of each package certainly is about: an exact one, the upper bound's, or a
 * lower bound that is new enough to tell. In requirements.txt, TOML, YAML, a setup file and the lock files.
 */
export function pinsIn(text: string): Pins {
  const plain = text.replace(/^\s*#.*$/gm, "");
  return { keras: versionOf(plain, PACKAGES.keras), tensorflow: versionOf(plain, PACKAGES.tensorflow) };
}

function versionOf(text: string, name: string): string | undefined {
  // A lock file names the package and then its version, on a line of its own.
  const locked = new RegExp(`^name\\s*=\\s*"${name}"\\s*\\n(?:[^\\[\\n]*\\n)??version\\s*=\\s*"([\\d.]+)`, "m").exec(
    text,
  );
  if (locked !== null) return locked[1];
  const pipenv = new RegExp(`"${name}"\\s*:\\s*\\{[^}]*?"version"\\s*:\\s*"==([\\d.]+)`).exec(text);
  if (pipenv !== null) return pipenv[1];
  // `keras==2.4`, `keras = "^2.4"`, `- tensorflow=2.10`, `keras (>=2,<3)`.
  const sign = "[\\^~<>=!]{0,3}";
  const required = new RegExp(
    `(?:^|["'\\s,\\[])${name}(?:\\[[\\w,-]*\\])?["']?\\s*[(:]?\\s*` +
      `(${sign}[=:]?\\s*["']?\\s*${sign}\\s*\\d[^"'\\n;#)\\]]*)`,
    "im",
  ).exec(text)?.[1];
  return required === undefined ? undefined : meant(required);
}

function meant(requirement: string): string | undefined {
  const parts = [...requirement.matchAll(/([\^~<>=!]*)\s*["']?\s*([\^~<>=!]*)\s*(\d+(?:\.\d+)*)/g)].map(
    ([, first = "", second = "", version = ""]) => ({ sign: second || first, version }),
  );
  const exact = parts.find(({ sign }) => /^(?:={1,3}|~=|~|\^)?$/.test(sign));
  if (exact !== undefined) return exact.version;
  const most = parts.find(({ sign }) => sign === "<=");
  if (most !== undefined) return most.version;
  const under = parts.find(({ sign }) => sign === "<");
  return under === undefined
    ? parts.find(({ sign }) => sign.startsWith(">"))?.version.replace(/^/, ">")
    : below(under.version);
}

/** The last minor version before one: of 2.16 it is 2.15, of 3 it is 2.999. */
function below(version: string): string {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return minor > 0 ? `${major}.${minor - 1}` : `${major - 1}.999`;
}

import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));
export const cache = join(root, ".cache/corpus");
/** Where the packages of requirements.txt are: on the path of those who import them. */
export const packages = join(cache, "packages");
/** A file of a user's, beside which nothing else is. */
export const userFile = join(cache, "user/program.py");

export function bundlePrograms(folder: string, names?: readonly string[]): Promise<readonly string[]>;
export function nodeModule(): object;

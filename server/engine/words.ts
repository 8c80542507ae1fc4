/** Bytes as people say them: `52.4 GB`, in powers of 1000. */
export function printBytes(count: number): string {
  const units = ["bytes", "kB", "MB", "GB", "TB", "PB"];
  const power = count < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(count) / 3));
  const value = count / 1000 ** power;
  return `${power === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[power]}`;
}
export const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Numbers as people read them. */

/** `7,818`. The platform's own way loads all of its locales first. */
export const printCount = (count: number): string => String(count).replace(/\B(?=(?:\d{3})+$)/g, ",");
export const printParams = (params: number): string => `${printCount(params)} ${params === 1 ? "param" : "params"}`;

/** `3.1 kB`; powers of ten, as disks and networks count. */
export function printBytes(bytes: number): string {
  const units = ["B", "kB", "MB", "GB", "TB", "PB"];
  let size = bytes;
  let unit = 0;
  for (; size >= 999.5 && unit < units.length - 1; unit++) size /= 1000;
  return `${unit === 0 || size >= 99.95 ? size.toFixed(0) : size.toFixed(1)} ${units[unit]}`;
}

/** `82 %`, `< 1 %`. */
export const printShare = (share: number): string =>
  share > 0 && share < 0.01 ? "< 1 %" : `${Math.round(share * 100)} %`;

/** Stands before the lines that a suite in the extension host prints. */
export const MARK = "\u2502 ";

/** The key that was pressed; empty where it is the editor's own, with Control, Alt or Command. */
export const keyOf = ({ key, ctrlKey, altKey, metaKey }: KeyboardEvent): string =>
  ctrlKey || altKey || metaKey ? "" : key;

/** It goes into a field, or presses a button. */
export const isTyped = ({ target, key }: KeyboardEvent): boolean =>
  target instanceof HTMLInputElement || (target instanceof HTMLButtonElement && (key === "Enter" || key === " "));

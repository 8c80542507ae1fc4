/** `x_train`, `images, captions`: names of a program's variables; undefined where the text is none. */
export const variableNames = (text: string): readonly string[] | undefined =>
  /^[A-Za-z_]\w*(?:, ?[A-Za-z_]\w*)*$/.test(text) ? text.split(/, ?/) : undefined;

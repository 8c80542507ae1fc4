/** A bar that is as full as a layer's share of the parameters, as an icon: bars stand under each other in a tree. */

const COLOURS = {
  dark: { full: "#4aa8ff", rest: "#ffffff38" },
  light: { full: "#0067c0", rest: "#00000026" },
} as const;
const WIDTH = 14;

/** How much of the bar is drawn; what has any parameters shows. */
export const fullness = (share: number | undefined): number =>
  !share ? 0 : Math.max(1, Math.round(Math.min(1, share) * WIDTH));

/** As a `data:` URI; base64, for there are two ways to encode all else. */
export function gauge(share: number | undefined, theme: keyof typeof COLOURS): string {
  const { full, rest } = COLOURS[theme];
  const bar = (width: number, fill: string) => `<rect x="1" y="5" width="${width}" height="6" rx="1" fill="${fill}"/>`;
  const drawn = fullness(share);
  const picture = `${bar(WIDTH, rest)}${drawn === 0 ? "" : bar(drawn, full)}`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16" viewBox="0 0 16 16">${picture}</svg>`;
  return `data:image/svg+xml;base64,${btoa(svg)}`;
}

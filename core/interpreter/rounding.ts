/** The number with so many decimals, half to even as Python rounds: `toFixed` is exact but for ties. */
export function fixed(number: number, places: number): string {
  const text = number.toFixed(places);
  if (Math.abs(number) >= 1e21) return text;
  const [, decimals = ""] = number.toFixed(100).split(".");
  const isTie = decimals[places] === "5" && /^0*$/.test(decimals.slice(places + 1));
  if (!isTie || Number(text.at(-1)) % 2 === 0) return text;
  // `toFixed` took the one further from zero; the even one is one unit nearer.
  const digits = (BigInt(text.replace(/[-.]/g, "")) - 1n).toString().padStart(places + 1, "0");
  const sign = number < 0 ? "-" : "";
  return places === 0 ? sign + digits : `${sign}${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

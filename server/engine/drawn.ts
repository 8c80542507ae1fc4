import type { LoweredWeight } from "../../core/index.ts";
import { initialised } from "./initialisers.ts";
import type { Numbers } from "./tensors.ts";

/** What weights may take that are kept from one run to the next, here and in sessions: more is made anew. */
export const MOST_KEPT = 2 ** 27;

/** Drawn weights, kept for the next run: it is often of the same model, and the same seed draws the same numbers. */
export class DrawnWeights {
  private readonly kept = new Map<string, Numbers>();
  private bytes = 0;

  of(weight: LoweredWeight, seed: number): Numbers {
    const { name, shape, dtype, initializer } = weight;
    const key = JSON.stringify([seed, name, shape, dtype, initializer]);
    const known = this.kept.get(key);
    if (known !== undefined) return known;
    const numbers = initialised(weight, seed);
    if (this.bytes + numbers.byteLength > MOST_KEPT) this.forget();
    if (numbers.byteLength <= MOST_KEPT) this.keep(key, numbers);
    return numbers;
  }
  private keep(key: string, numbers: Numbers): void {
    this.kept.set(key, numbers);
    this.bytes += numbers.byteLength;
  }
  private forget(): void {
    this.kept.clear();
    this.bytes = 0;
  }
}

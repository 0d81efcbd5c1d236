/** The arithmetic of check digits. Class: pure. */

/** How tax ids of a country look, and whether their check digits fit. */
export interface Rule {
  readonly format: RegExp;
  readonly fits: (id: string) => boolean;
}

/** The digits of a number. */
export const digits = (id: string): readonly number[] => [...id].map(Number);

/** Sum of the values, each times its weight; values beyond the weights do not count. */
export const weighted = (values: readonly number[], weights: readonly number[]): number =>
  weights.reduce((sum, weight, index) => sum + weight * (values[index] ?? 0), 0);

/** The last digit. */
export const last = (id: string): number => Number(id.slice(-1));

/** Sum of the digits where every second one from the right is doubled. Source: ISO/IEC 7812-1 annex B. */
export const luhn = (id: string): boolean => {
  const sum = [...digits(id)]
    .reverse()
    .map((digit, index) => (index % 2 === 0 ? digit : digit > 4 ? digit * 2 - 9 : digit * 2))
    .reduce((total, digit) => total + digit, 0);
  return sum % 10 === 0;
};

/** Whether the last digit is what comes of the rest of the weighted sum modulo 11. */
export const modulo11 =
  (weights: readonly number[], check: (rest: number) => number) =>
  (id: string): boolean =>
    check(weighted(digits(id), weights) % 11) === last(id);

/** Whether the weighted sum of all digits is a multiple. */
export const multipleOf =
  (modulus: number, weights: readonly number[]) =>
  (id: string): boolean =>
    weighted(digits(id), weights) % modulus === 0;

/** Whether the last digit is the check digit of those before it. Source: ISO/IEC 7064, MOD 11,10. */
export function mod1110(id: string): boolean {
  const product = digits(id.slice(0, -1)).reduce((carried, digit) => {
    const sum = (carried + digit) % 10 || 10;
    return (sum * 2) % 11;
  }, 10);
  return (11 - product) % 10 === last(id);
}

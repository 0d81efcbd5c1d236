/**
 * Interest and fees for paying late. Amounts are whole minor units; what a fraction of one comes to is rounded once,
 * at the end, half to even. Class: pure.
 */
import { daysBetween } from '../../contracts/days.js';

/** An amount that was owed from one day on. */
export interface Balance {
  /** LocalDate. */
  readonly from: string;
  readonly principalMinor: number;
}

/** Digits of a percentage that count. */
const SCALE = 1_000_000;

const scaled = (pct: number): bigint => BigInt(Math.round(pct * SCALE));

/**
 * Yearly form: the sum over the days of what was owed on each, by `annualPct` of a year of 365 days.
 *
 * @param balances - what was owed from each day on, in the order of days; the first begins on the due date
 * @param until - LocalDate: the day of the reckoning, which itself does not count
 */
export function yearlyInterest(
  balances: readonly Balance[],
  until: string,
  annualPct: number,
): number {
  let minorDays = 0n;
  balances.forEach(({ from, principalMinor }, index) => {
    const next = balances[index + 1]?.from ?? until;
    const to = next < until ? next : until;
    const days = Math.max(0, daysBetween(from, to));
    minorDays += BigInt(days) * BigInt(Math.max(0, principalMinor));
  });
  return halfEven(minorDays * scaled(annualPct), 36_500n * BigInt(SCALE));
}

/** Monthly form: a fee once, and interest for each 30 days pro rata, both on the principal. */
export function monthlyCharge(
  principalMinor: number,
  days: number,
  rates: { readonly feePct: number; readonly monthPct: number },
): number {
  const pct = scaled(rates.feePct) * 30n + scaled(rates.monthPct) * BigInt(days);
  return halfEven(BigInt(principalMinor) * pct, 3_000n * BigInt(SCALE));
}

/** A quotient of what is not negative, rounded to a whole number; a half goes to the even one. */
export function halfEven(dividend: bigint, divisor: bigint): number {
  const whole = dividend / divisor;
  const twice = (dividend % divisor) * 2n;
  const isUp = twice > divisor || (twice === divisor && whole % 2n === 1n);
  return Number(isUp ? whole + 1n : whole);
}

/** Amounts in minor units as people read them. Class: pure. */

/** `R$ 1.234,50`; a dash for none. A currency that is none is shown as it is. */
export function money(minor: number | null, currency: string | null, locale: string): string {
  if (minor === null || currency === null) return '–';
  try {
    const format = new Intl.NumberFormat(locale, { style: 'currency', currency });
    const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
    return format.format(minor / 10 ** digits);
  } catch {
    return `${minor} ${currency}`;
  }
}

/**
 * Tax ids by country, with their check digits. Class: pure. Sources: Receita Federal, Nota Técnica COCAD 49/2024
 * (letters in the CNPJ); European Commission, VIES, "Check algorithms of VAT numbers".
 */

/** What is wrong with a tax id; null: nothing that can be seen. */
export type TaxIdFault = 'TAX_ID_FORMAT' | 'TAX_ID_CHECK_DIGIT' | null;

interface Rule {
  readonly format: RegExp;
  /** Whether the check digits fit; left out where the format is all that is checked. */
  readonly fits?: (id: string) => boolean;
}

/** Judges a tax id; spaces, dots, dashes and slashes do not count, nor does the country before an EU number. */
export function checkTaxId(country: string, taxId: string): TaxIdFault {
  const bare = taxId.toUpperCase().replace(/[\s./-]/g, '');
  const prefix = VAT_PREFIX[country] ?? country;
  const rule = RULES[country];
  if (!rule) return /^[A-Z0-9]{4,20}$/.test(bare) ? null : 'TAX_ID_FORMAT';
  const id = country !== 'BR' && bare.startsWith(prefix) ? bare.slice(prefix.length) : bare;
  if (!rule.format.test(id)) return 'TAX_ID_FORMAT';
  return (rule.fits?.(id) ?? true) ? null : 'TAX_ID_CHECK_DIGIT';
}

/** Greece writes EL before its numbers. */
const VAT_PREFIX: Readonly<Record<string, string>> = { GR: 'EL' };

const digits = (id: string): readonly number[] => [...id].map(Number);

const weighted = (values: readonly number[], weights: readonly number[]): number =>
  weights.reduce((sum, weight, index) => sum + weight * (values[index] ?? 0), 0);

const last = (id: string): number => Number(id.slice(-1));

/** Sum of the digits where every second one from the right is doubled. Source: ISO/IEC 7812-1 annex B. */
const luhn = (id: string): boolean => {
  const sum = [...digits(id)]
    .reverse()
    .map((digit, index) => (index % 2 === 0 ? digit : digit > 4 ? digit * 2 - 9 : digit * 2))
    .reduce((total, digit) => total + digit, 0);
  return sum % 10 === 0;
};

const isRepeated = (id: string): boolean => /^(.)\1*$/.test(id);

/** Check digit of CPF and CNPJ: 11 minus the weighted sum modulo 11, and 0 for 10 and 11. */
const brazilian = (values: readonly number[], weights: readonly number[]): number => {
  const rest = weighted(values, weights) % 11;
  return rest < 2 ? 0 : 11 - rest;
};

const CNPJ_WEIGHTS = [6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2];

function cnpj(id: string): boolean {
  if (isRepeated(id)) return false;
  const values = [...id].map((character) => character.charCodeAt(0) - 48);
  const first = brazilian(values.slice(0, 12), CNPJ_WEIGHTS.slice(1));
  const second = brazilian(values.slice(0, 13), CNPJ_WEIGHTS);
  return values[12] === first && values[13] === second;
}

const CPF_WEIGHTS = [11, 10, 9, 8, 7, 6, 5, 4, 3, 2];

function cpf(id: string): boolean {
  if (isRepeated(id)) return false;
  const values = digits(id);
  const first = brazilian(values.slice(0, 9), CPF_WEIGHTS.slice(1));
  const second = brazilian(values.slice(0, 10), CPF_WEIGHTS);
  return values[9] === first && values[10] === second;
}

/** Source: ISO/IEC 7064, MOD 11,10. */
function germany(id: string): boolean {
  const product = digits(id.slice(0, 8)).reduce((carried, digit) => {
    const sum = (carried + digit) % 10 || 10;
    return (sum * 2) % 11;
  }, 10);
  return (11 - product) % 10 === last(id);
}

const SPANISH_LETTERS = 'TRWAGMYFPDXBNJZSQVHLCKE';

function spain(id: string): boolean {
  const body = id.slice(1, 8);
  if (/^[0-9XYZ]/.test(id)) {
    const number = Number(
      id.slice(0, 8).replace(/^[XYZ]/, (letter) => String('XYZ'.indexOf(letter))),
    );
    return SPANISH_LETTERS[number % 23] === id.slice(-1);
  }
  const sum = digits(body)
    .map((digit, index) => (index % 2 === 1 ? digit : digit > 4 ? digit * 2 - 9 : digit * 2))
    .reduce((total, digit) => total + digit, 0);
  const check = (10 - (sum % 10)) % 10;
  return id.endsWith(String(check)) || id.endsWith('JABCDEFGHI'[check] ?? '');
}

function france(id: string): boolean {
  const key = id.slice(0, 2);
  if (/\D/.test(key)) return luhn(id.slice(2));
  return Number(key) === (12 + 3 * (Number(id.slice(2)) % 97)) % 97;
}

function austria(id: string): boolean {
  const sum = digits(id.slice(1, 8))
    .map((digit, index) => (index % 2 === 0 ? digit : Math.floor(digit / 5) + ((digit * 2) % 10)))
    .reduce((total, digit) => total + digit, 0);
  return (10 - ((sum + 4) % 10)) % 10 === last(id);
}

/** Since 2020 the number of a person is checked modulo 97, that of a company modulo 11. */
function netherlands(id: string): boolean {
  const rest = weighted(digits(id.slice(0, 8)), [9, 8, 7, 6, 5, 4, 3, 2]) % 11;
  if (rest === Number(id[8])) return true;
  const text = [...`NL${id}`].map((one) => (/\d/.test(one) ? one : String(one.charCodeAt(0) - 55)));
  return BigInt(text.join('').replace(/\+/g, '36')) % 97n === 1n;
}

const modulo11 =
  (weights: readonly number[], check: (rest: number) => number) =>
  (id: string): boolean =>
    check(weighted(digits(id), weights) % 11) === last(id);

const RULES: Readonly<Record<string, Rule>> = {
  AT: { format: /^U\d{8}$/, fits: austria },
  BE: {
    format: /^[01]\d{9}$/,
    fits: (id) => 97 - (Number(id.slice(0, 8)) % 97) === Number(id.slice(8)),
  },
  BR: {
    format: /^([A-Z0-9]{12}\d{2}|\d{11})$/,
    fits: (id) => (id.length === 11 ? cpf(id) : cnpj(id)),
  },
  DE: { format: /^[1-9]\d{8}$/, fits: germany },
  DK: {
    format: /^[1-9]\d{7}$/,
    fits: (id) => weighted(digits(id), [2, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0,
  },
  ES: { format: /^[A-Z0-9]\d{7}[A-Z0-9]$/, fits: spain },
  FI: {
    format: /^\d{8}$/,
    fits: modulo11([7, 9, 10, 5, 8, 4, 2], (rest) => (rest === 0 ? 0 : 11 - rest)),
  },
  FR: { format: /^[A-HJ-NP-Z0-9]{2}\d{9}$/, fits: france },
  GR: {
    format: /^\d{9}$/,
    fits: modulo11([256, 128, 64, 32, 16, 8, 4, 2], (rest) => rest % 10),
  },
  IE: { format: /^(\d{7}[A-W][A-I]?|\d[A-Z+*]\d{5}[A-W])$/ },
  IT: { format: /^\d{11}$/, fits: luhn },
  LU: {
    format: /^\d{8}$/,
    fits: (id) => Number(id.slice(0, 6)) % 89 === Number(id.slice(6)),
  },
  NL: { format: /^\d{9}B\d{2}$/, fits: netherlands },
  PL: { format: /^\d{10}$/, fits: modulo11([6, 5, 7, 2, 3, 4, 5, 6, 7], (rest) => rest) },
  PT: {
    format: /^[1-9]\d{8}$/,
    fits: modulo11([9, 8, 7, 6, 5, 4, 3, 2], (rest) => (rest < 2 ? 0 : 11 - rest)),
  },
  SE: { format: /^\d{10}01$/, fits: (id) => luhn(id.slice(0, 10)) },
};

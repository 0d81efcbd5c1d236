/**
 * VAT numbers of the members of the European Union in the west and north. Class: pure. Source: European Commission,
 * VIES, "Check algorithms of VAT numbers"; Revenue of Ireland, numbers from 2013 on.
 */
import { digits, last, luhn, mod1110, modulo11, multipleOf, type Rule, weighted } from './sums.js';

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

const IRISH_LETTERS = 'WABCDEFGHIJKLMNOPQRSTUV';

/** Until 2012 the second character could be a letter, of which nothing is counted; since then one may follow the check. */
function ireland(id: string): boolean {
  const isOld = !/^\d{7}/.test(id);
  const body = isOld ? `0${id.slice(2, 7)}${id.slice(0, 1)}` : id.slice(0, 7);
  const extra = IRISH_LETTERS.indexOf(id.slice(8));
  const sum = weighted(digits(body), [8, 7, 6, 5, 4, 3, 2]) + 9 * extra;
  return IRISH_LETTERS[sum % 23] === id[7];
}

/** By country. */
export const WESTERN_EUROPE: Readonly<Record<string, Rule>> = {
  AT: { format: /^U\d{8}$/, fits: austria },
  BE: {
    format: /^[01]\d{9}$/,
    fits: (id) => 97 - (Number(id.slice(0, 8)) % 97) === Number(id.slice(8)),
  },
  DE: { format: /^[1-9]\d{8}$/, fits: mod1110 },
  DK: { format: /^[1-9]\d{7}$/, fits: multipleOf(11, [2, 7, 6, 5, 4, 3, 2, 1]) },
  ES: { format: /^[A-Z0-9]\d{7}[A-Z0-9]$/, fits: spain },
  FI: {
    format: /^\d{8}$/,
    fits: modulo11([7, 9, 10, 5, 8, 4, 2], (rest) => (rest === 0 ? 0 : 11 - rest)),
  },
  FR: { format: /^[A-HJ-NP-Z0-9]{2}\d{9}$/, fits: france },
  IE: { format: /^(\d{7}[A-W][A-IW]?|\d[A-Z+*]\d{5}[A-W])$/, fits: ireland },
  IT: { format: /^\d{11}$/, fits: luhn },
  LU: {
    format: /^\d{8}$/,
    fits: (id) => Number(id.slice(0, 6)) % 89 === Number(id.slice(6)),
  },
  NL: { format: /^\d{9}B\d{2}$/, fits: netherlands },
  PT: {
    format: /^[1-9]\d{8}$/,
    fits: modulo11([9, 8, 7, 6, 5, 4, 3, 2], (rest) => (rest < 2 ? 0 : 11 - rest)),
  },
  SE: { format: /^\d{10}01$/, fits: (id) => luhn(id.slice(0, 10)) },
};

/**
 * VAT numbers of the members of the European Union in the east and south-east. Class: pure. Source: European
 * Commission, VIES, "Check algorithms of VAT numbers".
 */
import { digits, last, mod1110, modulo11, multipleOf, type Rule, weighted } from './sums.js';

/** Companies have nine digits, persons, foreigners and others ten, each with a check of their own. */
function bulgaria(id: string): boolean {
  const values = digits(id);
  if (id.length === 9) {
    const first = weighted(values, [1, 2, 3, 4, 5, 6, 7, 8]) % 11;
    const second = weighted(values, [3, 4, 5, 6, 7, 8, 9, 10]) % 11;
    return (first < 10 ? first : second % 10) === last(id);
  }
  const person = (weighted(values, [2, 4, 8, 5, 10, 9, 7, 3, 6]) % 11) % 10;
  const foreigner = weighted(values, [21, 19, 17, 13, 11, 9, 7, 3, 1]) % 10;
  const other = (11 - (weighted(values, [4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11)) % 11;
  return [person, foreigner, other].includes(last(id));
}

/** What a digit at an odd place counts. */
const CYPRIOT = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21];

function cyprus(id: string): boolean {
  const sum = digits(id.slice(0, 8))
    .map((digit, index) => (index % 2 === 0 ? (CYPRIOT[digit] ?? 0) : digit))
    .reduce((total, value) => total + value, 0);
  return String.fromCharCode(65 + (sum % 26)) === id[8];
}

/** Companies have eight digits, persons nine or ten; of nine only those that begin with 6 have a check digit. */
function czechia(id: string): boolean {
  const values = digits(id);
  if (id.length === 8) {
    const check = (11 - (weighted(values, [8, 7, 6, 5, 4, 3, 2]) % 11)) % 11;
    return (check || 1) % 10 === last(id);
  }
  if (id.length === 9) {
    if (!id.startsWith('6')) return true;
    const rest = weighted(values.slice(1), [8, 7, 6, 5, 4, 3, 2]) % 11;
    return (18 - ((21 - rest) % 11)) % 10 === last(id);
  }
  const rest = Number(id.slice(0, 9)) % 11;
  return rest % 10 === last(id);
}

const LITHUANIAN = [1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 2];
const LITHUANIAN_AGAIN = [3, 4, 5, 6, 7, 8, 9, 1, 2, 3, 4];

function lithuania(id: string): boolean {
  const values = digits(id.slice(0, -1));
  const first = weighted(values, LITHUANIAN) % 11;
  const check = first < 10 ? first : weighted(values, LITHUANIAN_AGAIN) % 11;
  return check % 10 === last(id);
}

/** Companies begin with 4 or more. Persons that begin with 32 have no check digit. */
function latvia(id: string): boolean {
  const values = digits(id);
  if (Number(id[0]) > 3) return weighted(values, [9, 1, 4, 8, 3, 10, 2, 5, 7, 6, 1]) % 11 === 3;
  if (id.startsWith('32')) return true;
  return ((1 + weighted(values, [10, 5, 8, 4, 2, 1, 6, 3, 7, 9])) % 11) % 10 === last(id);
}

function romania(id: string): boolean {
  const values = digits(id.slice(0, -1).padStart(9, '0'));
  return ((weighted(values, [7, 5, 3, 2, 1, 7, 5, 3, 2]) * 10) % 11) % 10 === last(id);
}

/** By country. */
export const EASTERN_EUROPE: Readonly<Record<string, Rule>> = {
  BG: { format: /^\d{9,10}$/, fits: bulgaria },
  CY: { format: /^(?!12)\d{8}[A-Z]$/, fits: cyprus },
  CZ: { format: /^(?!9\d{7}$)\d{8,10}$/, fits: czechia },
  EE: { format: /^\d{9}$/, fits: multipleOf(10, [3, 7, 1, 3, 7, 1, 3, 7, 1]) },
  GR: {
    format: /^\d{9}$/,
    fits: modulo11([256, 128, 64, 32, 16, 8, 4, 2], (rest) => rest % 10),
  },
  HR: { format: /^\d{11}$/, fits: mod1110 },
  HU: { format: /^\d{8}$/, fits: multipleOf(10, [9, 7, 3, 1, 9, 7, 3, 1]) },
  LT: { format: /^(\d{7}1\d|\d{10}1\d)$/, fits: lithuania },
  LV: { format: /^\d{11}$/, fits: latvia },
  MT: { format: /^[1-9]\d{7}$/, fits: multipleOf(37, [3, 4, 6, 7, 8, 9, 10, 1]) },
  PL: { format: /^\d{10}$/, fits: modulo11([6, 5, 7, 2, 3, 4, 5, 6, 7], (rest) => rest) },
  RO: { format: /^[1-9]\d{1,9}$/, fits: romania },
  SI: {
    format: /^[1-9]\d{7}$/,
    fits: modulo11([8, 7, 6, 5, 4, 3, 2], (rest) => (rest === 1 ? 0 : 11 - rest)),
  },
  SK: { format: /^[1-9]\d[2-4789]\d{7}$/, fits: (id) => Number(id) % 11 === 0 },
};

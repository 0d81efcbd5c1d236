/** CNPJ of companies, with letters too, and CPF of persons. Class: pure. Source: Nota Técnica COCAD 49/2024. */
import { digits, type Rule, weighted } from './sums.js';

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

/** Both; they differ in length. */
export const BRAZIL: Rule = {
  format: /^([A-Z0-9]{12}\d{2}|\d{11})$/,
  fits: (id) => (id.length === 11 ? cpf(id) : cnpj(id)),
};

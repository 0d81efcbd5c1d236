/** An order of a new customer, as sales sends it to the sign-up; tests change what they are about. */
export const ORDER = {
  legalName: 'Padaria Aurora Ltda',
  taxId: '11.222.333/0001-81',
  country: 'BR',
  planId: 'team',
  seats: 3,
  billingContact: { name: 'Ana Prado', mail: 'ana@aurora.example', locale: 'pt-BR' },
  adminContact: { name: 'Rui Sá', mail: 'rui@aurora.example', locale: 'en' },
  users: [],
  tz: 'America/Sao_Paulo',
  locale: 'pt-BR',
  dpaVersion: '2025-1',
  terms: 'standard',
  value: { minor: 1_200_000, currency: 'BRL' },
  source: 'sale',
};

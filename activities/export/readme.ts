/** The readme of a package, in the language of its customer. Class: pure. */
import type { PackageOf } from './package.js';

/** Its text. */
export function readmeOf(of: PackageOf): string {
  return /^pt/i.test(of.locale) ? portuguese(of) : english(of);
}

const missing = ({ extracts }: PackageOf) => extracts.filter(({ status }) => status === 'partial');

function english(of: PackageOf): string {
  const lines = missing(of).map(({ id, reason }) => `- ${id}: ${reason ?? 'no reason was given'}`);
  const partial =
    lines.length === 0
      ? []
      : ['THIS EXPORT IS PARTIAL. These systems are missing from it:', ...lines, ''];
  return text([
    `Data of ${of.legalName}`,
    '',
    `Export    ${of.exportId}`,
    `Cut-off   ${of.cutOff}: rows that were made later are not in it`,
    '',
    ...partial,
    'data/       one folder a system; each kind of row as JSON Lines (.jsonl) or CSV (.csv)',
    'schemas/    one JSON Schema for each kind of row: fields, types, meanings',
    'manifest.json    every data file with its bytes, rows and SHA-256',
    'manifest.sha256  the SHA-256 of manifest.json',
    '',
    'To check that nothing is missing or damaged:',
    '  sha256sum -c manifest.sha256',
    '  and compare the SHA-256 of each file with manifest.json',
    '',
    'All is UTF-8. Instants are ISO 8601 in UTC. Money is in minor units (49.00 is 4900).',
    'CSV is of RFC 4180. A text that begins with = + - @ or a tab has an apostrophe in front,',
    'so that no spreadsheet runs it; take it off when you read the file by a program, or read',
    'the JSON Lines, which hold every text as it is.',
    'Passwords, tokens and other secrets are never part of an export.',
  ]);
}

function portuguese(of: PackageOf): string {
  const lines = missing(of).map(({ id, reason }) => `- ${id}: ${reason ?? 'sem motivo informado'}`);
  const partial =
    lines.length === 0
      ? []
      : ['ESTA EXPORTAÇÃO É PARCIAL. Faltam nela estes sistemas:', ...lines, ''];
  return text([
    `Dados de ${of.legalName}`,
    '',
    `Exportação       ${of.exportId}`,
    `Data de corte    ${of.cutOff}: o que foi criado depois não está aqui`,
    '',
    ...partial,
    'data/       uma pasta por sistema; cada tipo de linha em JSON Lines (.jsonl) ou CSV (.csv)',
    'schemas/    um JSON Schema para cada tipo de linha: campos, tipos, significados',
    'manifest.json    cada arquivo de dados com bytes, linhas e SHA-256',
    'manifest.sha256  o SHA-256 de manifest.json',
    '',
    'Para conferir que nada falta nem está danificado:',
    '  sha256sum -c manifest.sha256',
    '  e compare o SHA-256 de cada arquivo com manifest.json',
    '',
    'Tudo em UTF-8. Instantes em ISO 8601, em UTC. Valores em unidades menores (49,00 é 4900).',
    'CSV conforme a RFC 4180. Um texto que começa com = + - @ ou tabulação recebe um apóstrofo,',
    'para que nenhuma planilha o execute; retire-o ao ler o arquivo com um programa, ou leia o',
    'JSON Lines, que guarda cada texto como ele é.',
    'Senhas, tokens e outros segredos nunca fazem parte de uma exportação.',
  ]);
}

/** Line ends as every editor shows them. */
function text(lines: readonly string[]): string {
  return `${lines.join('\r\n')}\r\n`;
}

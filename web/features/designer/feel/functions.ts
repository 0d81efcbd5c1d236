/**
 * What each built-in function of our FEEL does, in a line, with an example that can be evaluated as it stands; examples about
 * business time go by a calendar `office`. A test holds that none is missing and that each example has a value. docs/feel.md
 * tells the rules.
 */
/** A function as the editor of expressions shows it. */
export interface FunctionText {
  readonly example: string;
  readonly about: { readonly en: string; readonly 'pt-BR': string };
}

const of = (example: string, en: string, portuguese: string): FunctionText => ({
  ...{ example, about: { en, 'pt-BR': portuguese } },
});

/** By name. */
export const FUNCTIONS: Readonly<Record<string, FunctionText>> = {
  '@': of(
    '@"P3D"',
    'A date, time or duration from its text.',
    'Uma data, hora ou duração a partir do texto.',
  ),
  abs: of('abs(-3)', 'The amount without its sign.', 'O valor sem o sinal.'),
  after: of(
    'after(5, 3)',
    'Whether the first lies wholly after the second: points or ranges.',
    'Se o primeiro fica todo depois do segundo: pontos ou intervalos.',
  ),
  all: of('all(true, 3 > 2)', 'Whether everything is true.', 'Se tudo é verdadeiro.'),
  any: of('any(false, 3 > 2)', 'Whether at least one is true.', 'Se pelo menos um é verdadeiro.'),
  append: of(
    'append([1], 2, 3)',
    'The list with the items at its end.',
    'A lista com os itens no fim.',
  ),
  assert: of(
    'assert(3, 3 > 2, "too small")',
    'The value if the condition holds; else it stops with the cause.',
    'O valor, se a condição vale; senão para com a causa.',
  ),
  before: of(
    'before(3, 5)',
    'Whether the first lies wholly before the second: points or ranges.',
    'Se o primeiro fica todo antes do segundo: pontos ou intervalos.',
  ),
  'business days after': of(
    'business days after(now(), 2, "office")',
    'The same time of day so many open days later, by a calendar of the package.',
    'A mesma hora tantos dias úteis depois, por um calendário do pacote.',
  ),
  'business time after': of(
    'business time after(now(), @"PT9H", "office")',
    'When so many open hours will have passed, by a calendar of the package.',
    'Quando terão passado tantas horas úteis, por um calendário do pacote.',
  ),
  'business time elapsed': of(
    'business time elapsed(now() - @"P2D", now(), "office")',
    'Open hours from one time to another, by a calendar of the package.',
    'Horas úteis de um momento a outro, por um calendário do pacote.',
  ),
  ceiling: of(
    'ceiling(1.2)',
    'The next whole number up; with a scale, so many decimals.',
    'O próximo inteiro acima; com escala, tantas decimais.',
  ),
  coincides: of(
    'coincides([1..3], [1..3])',
    'Whether both are the same point or range.',
    'Se ambos são o mesmo ponto ou intervalo.',
  ),
  concatenate: of('concatenate([1], [2, 3])', 'One list of several.', 'Uma lista de várias.'),
  contains: of(
    'contains("invoice", "voice")',
    'Whether a text holds another.',
    'Se um texto contém outro.',
  ),
  context: of(
    'context({ key: "a", value: 1 })',
    'A context of entries with key and value.',
    'Um contexto de entradas com key e value.',
  ),
  'context merge': of(
    'context merge({ a: 1 }, { b: 2 })',
    'One context of several; the last one wins.',
    'Um contexto de vários; vence o último.',
  ),
  'context put': of(
    'context put({ a: 1 }, "b", 2)',
    'The context with an entry put in.',
    'O contexto com uma entrada posta.',
  ),
  count: of('count([1, 2, 3])', 'How many items a list has.', 'Quantos itens uma lista tem.'),
  date: of(
    'date("2026-03-02")',
    'A date of its text, of year, month and day, or of a date and time.',
    'Uma data do texto, de ano, mês e dia, ou de data e hora.',
  ),
  'date and time': of(
    'date and time("2026-03-02T09:00:00Z")',
    'A date and time of its text, of date and time, or in a zone.',
    'Data e hora do texto, de data e hora, ou em um fuso.',
  ),
  'day of week': of(
    'day of week(date("2026-03-02"))',
    'The day of the week, in English.',
    'O dia da semana, em inglês.',
  ),
  'day of year': of(
    'day of year(date("2026-03-02"))',
    'The day of the year, from 1.',
    'O dia do ano, a partir de 1.',
  ),
  decimal: of(
    'decimal(1 / 3, 2)',
    'The number rounded to so many decimals, half to even.',
    'O número com tantas decimais, meio para o par.',
  ),
  'distinct values': of('distinct values([1, 2, 1])', 'Each item once.', 'Cada item uma vez.'),
  'duplicate values': of(
    'duplicate values([1, 2, 1])',
    'What is in the list more than once.',
    'O que está na lista mais de uma vez.',
  ),
  duration: of('duration("P1DT2H")', 'A duration of its text.', 'Uma duração a partir do texto.'),
  during: of(
    'during(2, [1..3])',
    'Whether the first lies in the second.',
    'Se o primeiro fica dentro do segundo.',
  ),
  'ends with': of(
    'ends with("invoice", "ice")',
    'Whether a text ends with another.',
    'Se um texto termina com outro.',
  ),
  even: of('even(4)', 'Whether a number is even.', 'Se um número é par.'),
  exp: of('exp(1)', 'e to the power of the number.', 'e elevado ao número.'),
  extract: of(
    'extract("A-12, B-34", "[0-9]+")',
    'All parts of a text that match a pattern.',
    'Todas as partes de um texto que casam com um padrão.',
  ),
  'finished by': of(
    'finished by([1..5], [3..5])',
    'Whether the second ends the first.',
    'Se o segundo termina o primeiro.',
  ),
  finishes: of(
    'finishes([3..5], [1..5])',
    'Whether the first ends the second.',
    'Se o primeiro termina o segundo.',
  ),
  flatten: of(
    'flatten([1, [2, [3]]])',
    'A list without lists in it.',
    'Uma lista sem listas dentro.',
  ),
  floor: of(
    'floor(1.8)',
    'The next whole number down; with a scale, so many decimals.',
    'O próximo inteiro abaixo; com escala, tantas decimais.',
  ),
  'get entries': of(
    'get entries({ a: 1 })',
    'Entries of a context, each with key and value.',
    'Entradas de um contexto, cada uma com key e value.',
  ),
  'get or else': of(
    'get or else(nobody, "none")',
    'The first, or the second where the first is null or is not there.',
    'O primeiro, ou o segundo se o primeiro é nulo ou não existe.',
  ),
  'get value': of(
    'get value({ a: 1 }, "a")',
    'The entry of a context; null where there is none.',
    'A entrada de um contexto; nulo se não existe.',
  ),
  includes: of(
    'includes([1..3], 2)',
    'Whether a range holds a value or a range.',
    'Se um intervalo contém um valor ou intervalo.',
  ),
  'index of': of(
    'index of(["a", "b"], "b")',
    'Places of an item in a list, from 1.',
    'Posições de um item em uma lista, a partir de 1.',
  ),
  'insert before': of(
    'insert before([1, 3], 2, 2)',
    'The list with an item put before a place.',
    'A lista com um item posto antes de uma posição.',
  ),
  is: of(
    'is(date("2026-03-02"), date("2026-03-02"))',
    'Whether both are the same in type and value.',
    'Se ambos têm o mesmo tipo e valor.',
  ),
  'is blank': of(
    'is blank("  ")',
    'Whether a text has nothing but white space.',
    'Se um texto só tem espaços.',
  ),
  'is defined': of(
    'is defined(nobody)',
    'Whether a variable or an entry is there.',
    'Se uma variável ou entrada existe.',
  ),
  'is empty': of('is empty([])', 'Whether a list has no item.', 'Se uma lista não tem itens.'),
  'last day of month': of(
    'last day of month(date("2026-02-10"))',
    'The last date of the month.',
    'A última data do mês.',
  ),
  'list contains': of(
    'list contains([1, 2], 2)',
    'Whether a list has an item.',
    'Se uma lista tem um item.',
  ),
  'list replace': of(
    'list replace([1, 2], 2, 5)',
    'The list with another item in a place.',
    'A lista com outro item em uma posição.',
  ),
  log: of('log(10)', 'The natural logarithm.', 'O logaritmo natural.'),
  'lower case': of('lower case("ABC")', 'The text in small letters.', 'O texto em minúsculas.'),
  matches: of(
    'matches("A-12", "[A-Z]-[0-9]+")',
    'Whether a text matches a pattern.',
    'Se um texto casa com um padrão.',
  ),
  max: of('max([1, 5, 3])', 'The largest.', 'O maior.'),
  mean: of('mean([1, 2, 6])', 'The mean.', 'A média.'),
  median: of('median([1, 2, 6])', 'The one in the middle.', 'A mediana.'),
  meets: of(
    'meets([1..3], [3..5])',
    'Whether the first ends where the second begins.',
    'Se o primeiro termina onde o segundo começa.',
  ),
  'met by': of(
    'met by([3..5], [1..3])',
    'Whether the first begins where the second ends.',
    'Se o primeiro começa onde o segundo termina.',
  ),
  min: of('min([1, 5, 3])', 'The smallest.', 'O menor.'),
  mode: of('mode([1, 2, 2])', 'What is there most often.', 'O que aparece mais vezes.'),
  modulo: of('modulo(7, 3)', 'What is left of a division.', 'O resto de uma divisão.'),
  'month of year': of(
    'month of year(date("2026-03-02"))',
    'The month, in English.',
    'O mês, em inglês.',
  ),
  not: of('not(true)', 'The opposite.', 'O contrário.'),
  now: of(
    'now()',
    'The instant of the event, in the zone of the process.',
    'O instante do evento, no fuso do processo.',
  ),
  number: of('number("1.5")', 'A number of its text.', 'Um número a partir do texto.'),
  odd: of('odd(3)', 'Whether a number is odd.', 'Se um número é ímpar.'),
  overlaps: of(
    'overlaps([1..5], [4..8])',
    'Whether two ranges share something.',
    'Se dois intervalos têm algo em comum.',
  ),
  'overlaps after': of(
    'overlaps after([4..8], [1..5])',
    'Whether the first overlaps the end of the second.',
    'Se o primeiro cobre o fim do segundo.',
  ),
  'overlaps before': of(
    'overlaps before([1..5], [4..8])',
    'Whether the first overlaps the beginning of the second.',
    'Se o primeiro cobre o começo do segundo.',
  ),
  partition: of(
    'partition([1, 2, 3], 2)',
    'The list in lists of so many items.',
    'A lista em listas de tantos itens.',
  ),
  product: of('product([2, 3])', 'All multiplied.', 'Tudo multiplicado.'),
  'random number': of(
    'random number()',
    'A number from 0 to 1; the same each time an instance decides the same.',
    'Um número de 0 a 1; o mesmo a cada vez que a instância decide o mesmo.',
  ),
  remove: of(
    'remove([1, 2, 3], 2)',
    'The list without the item of a place.',
    'A lista sem o item de uma posição.',
  ),
  replace: of(
    'replace("A-12", "[0-9]", "x")',
    'The text with what matches a pattern replaced.',
    'O texto com o que casa com um padrão trocado.',
  ),
  reverse: of('reverse([1, 2, 3])', 'The list from its end.', 'A lista de trás para frente.'),
  'round down': of(
    'round down(1.57, 1)',
    'Rounded towards zero.',
    'Arredondado em direção a zero.',
  ),
  'round half down': of(
    'round half down(1.25, 1)',
    'Rounded, a half towards zero.',
    'Arredondado, meio em direção a zero.',
  ),
  'round half up': of(
    'round half up(1.25, 1)',
    'Rounded, a half away from zero.',
    'Arredondado, meio para longe de zero.',
  ),
  'round up': of('round up(1.51, 1)', 'Rounded away from zero.', 'Arredondado para longe de zero.'),
  'sla clocks': of(
    'sla clocks([], [], now())',
    'Clocks of what was promised on a ticket, and which steps they reached.',
    'Relógios do que foi prometido em um chamado, e quais etapas alcançaram.',
  ),
  'sla ledger': of(
    'sla ledger([], [], now(), "first_reply", 1)',
    'Each part of the time of one clock: counted or not, and why.',
    'Cada parte do tempo de um relógio: contada ou não, e por quê.',
  ),
  sort: of(
    'sort([3, 1, 2], function(x, y) x < y)',
    'The list in the order that the function tells.',
    'A lista na ordem que a função diz.',
  ),
  split: of(
    'split("a;b", ";")',
    'Parts of a text between a pattern.',
    'Partes de um texto entre um padrão.',
  ),
  sqrt: of('sqrt(16)', 'The square root.', 'A raiz quadrada.'),
  'started by': of(
    'started by([1..5], [1..3])',
    'Whether the second begins the first.',
    'Se o segundo começa o primeiro.',
  ),
  starts: of(
    'starts([1..3], [1..5])',
    'Whether the first begins the second.',
    'Se o primeiro começa o segundo.',
  ),
  'starts with': of(
    'starts with("invoice", "in")',
    'Whether a text begins with another.',
    'Se um texto começa com outro.',
  ),
  stddev: of(
    'stddev([2, 4, 6])',
    'The standard deviation of a sample.',
    'O desvio padrão de uma amostra.',
  ),
  string: of('string(1.5)', 'The text of a value.', 'O texto de um valor.'),
  'string join': of(
    'string join(["a", "b"], ", ")',
    'One text of several, with something between.',
    'Um texto de vários, com algo entre eles.',
  ),
  'string length': of(
    'string length("abc")',
    'How many characters a text has.',
    'Quantos caracteres um texto tem.',
  ),
  sublist: of(
    'sublist([1, 2, 3], 2, 1)',
    'Part of a list from a place on.',
    'Parte de uma lista a partir de uma posição.',
  ),
  substring: of(
    'substring("invoice", 3, 5)',
    'Part of a text from a place on.',
    'Parte de um texto a partir de uma posição.',
  ),
  'substring after': of(
    'substring after("A-12", "-")',
    'What stands after a text.',
    'O que vem depois de um texto.',
  ),
  'substring before': of(
    'substring before("A-12", "-")',
    'What stands before a text.',
    'O que vem antes de um texto.',
  ),
  sum: of('sum([1, 2, 3])', 'All added.', 'Tudo somado.'),
  time: of(
    'time("09:30:00")',
    'A time of day of its text, of its parts, or of a date and time.',
    'Uma hora do texto, das partes, ou de data e hora.',
  ),
  'to base64': of('to base64("abc")', 'The text in Base64.', 'O texto em Base64.'),
  today: of(
    'today()',
    'The date of the event, in the zone of the process.',
    'A data do evento, no fuso do processo.',
  ),
  trim: of(
    'trim("  a  ")',
    'The text without white space around it.',
    'O texto sem espaços em volta.',
  ),
  union: of(
    'union([1, 2], [2, 3])',
    'One list of several, each item once.',
    'Uma lista de várias, cada item uma vez.',
  ),
  'upper case': of('upper case("abc")', 'The text in capital letters.', 'O texto em maiúsculas.'),
  uuid: of(
    'uuid()',
    'An id; the same each time an instance decides the same.',
    'Um id; o mesmo a cada vez que a instância decide o mesmo.',
  ),
  'week of year': of(
    'week of year(date("2026-03-02"))',
    'The week of the year (ISO 8601).',
    'A semana do ano (ISO 8601).',
  ),
  'years and months duration': of(
    'years and months duration(date("2025-01-01"), date("2026-03-01"))',
    'Whole months from one date to another.',
    'Meses inteiros de uma data a outra.',
  ),
};

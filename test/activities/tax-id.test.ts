import { describe, expect, test } from 'vitest';
import { checkTaxId, nationalNumber } from '../../activities/tax-id/index.js';

/** Numbers in public use as examples, one digit of each then changed. */
const rows: readonly [country: string, sound: string, wrong: string][] = [
  ['BR', '11.222.333/0001-81', '11.222.333/0001-82'],
  ['BR', '12.ABC.345/01DE-35', '12.ABC.345/01DE-36'],
  ['BR', '529.982.247-25', '529.982.247-26'],
  ['AT', 'ATU13585627', 'ATU13585628'],
  ['BE', 'BE0428759497', 'BE0428759498'],
  ['BG', 'BG175074752', 'BG175074753'],
  ['BG', 'BG7523169263', 'BG7523169264'],
  ['BG', 'BG7111042925', 'BG7111042922'],
  ['CY', 'CY10259033P', 'CY10259033Z'],
  ['CZ', 'CZ25123891', 'CZ25123890'],
  ['CZ', 'CZ640903926', 'CZ640903927'],
  ['CZ', 'CZ7103192745', 'CZ7103192746'],
  ['EE', 'EE100931558', 'EE100931559'],
  ['HR', 'HR33392005961', 'HR33392005962'],
  ['HU', 'HU12892312', 'HU12892313'],
  ['IE', 'IE6433435F', 'IE6433435E'],
  ['IE', 'IE6433435OA', 'IE6433435PA'],
  ['IE', 'IE8D79739I', 'IE8D79738J'],
  ['LT', 'LT119511515', 'LT119511516'],
  ['LT', 'LT100001919017', 'LT100001919018'],
  ['LV', 'LV40003521600', 'LV40003521601'],
  ['LV', 'LV16117519997', 'LV16117519998'],
  ['MT', 'MT11679112', 'MT11679113'],
  ['RO', 'RO18547290', 'RO18547291'],
  ['SI', 'SI50223054', 'SI50223055'],
  ['SK', 'SK2022749619', 'SK2022749618'],
  ['DE', 'DE136695976', 'DE136695977'],
  ['DK', 'DK13585628', 'DK13585629'],
  ['ES', 'ESB58378431', 'ESB58378432'],
  ['ES', 'ES54362315K', 'ES54362315L'],
  ['ES', 'ESX5253868R', 'ESX5253868S'],
  ['FI', 'FI20774740', 'FI20774741'],
  ['FR', 'FR40303265045', 'FR41303265045'],
  ['GR', 'EL094259216', 'EL094259217'],
  ['IT', 'IT00743110157', 'IT00743110158'],
  ['LU', 'LU15027442', 'LU15027443'],
  ['NL', 'NL004495445B01', 'NL004495446B01'],
  ['PL', 'PL8567346215', 'PL8567346216'],
  ['PT', 'PT501964843', 'PT501964844'],
  ['SE', 'SE123456789701', 'SE123456789801'],
];

describe('tax ids', () => {
  test.each(rows)('%s %s', (country, sound, wrong) => {
    expect(checkTaxId(country, sound)).toBeNull();
    expect(checkTaxId(country, wrong)).toBe('TAX_ID_CHECK_DIGIT');
    expect(checkTaxId(country, `${sound}00000`)).toBe('TAX_ID_FORMAT');
  });

  test('of every member of the European Union are checked', () => {
    const members =
      'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' ');
    const tried = new Set(rows.map(([country]) => country).filter((country) => country !== 'BR'));
    expect([...tried].sort()).toEqual(members);
  });

  test('are compared without the country before them and without what only parts them', () => {
    expect(nationalNumber('PT', 'PT 501.964.843')).toBe('501964843');
    expect(nationalNumber('GR', 'EL094259216')).toBe('094259216');
    expect(nationalNumber('BR', 'br 11.222')).toBe('BR11222');
  });

  test('of one repeated digit are none', () => {
    expect(checkTaxId('BR', '00000000000000')).toBe('TAX_ID_CHECK_DIGIT');
    expect(checkTaxId('BR', '111.111.111-11')).toBe('TAX_ID_CHECK_DIGIT');
  });

  test('of other countries need only look like one', () => {
    expect(checkTaxId('US', '12-3456789')).toBeNull();
    expect(checkTaxId('US', '')).toBe('TAX_ID_FORMAT');
  });
});

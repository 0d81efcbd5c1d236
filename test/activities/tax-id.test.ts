import { describe, expect, test } from 'vitest';
import { checkTaxId } from '../../activities/order/tax-id.js';

/** Numbers in public use as examples, one digit of each then changed. */
const rows: readonly [country: string, sound: string, wrong: string][] = [
  ['BR', '11.222.333/0001-81', '11.222.333/0001-82'],
  ['BR', '12.ABC.345/01DE-35', '12.ABC.345/01DE-36'],
  ['BR', '529.982.247-25', '529.982.247-26'],
  ['AT', 'ATU13585627', 'ATU13585628'],
  ['BE', 'BE0428759497', 'BE0428759498'],
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

  test('of one repeated digit are none', () => {
    expect(checkTaxId('BR', '00000000000000')).toBe('TAX_ID_CHECK_DIGIT');
    expect(checkTaxId('BR', '111.111.111-11')).toBe('TAX_ID_CHECK_DIGIT');
  });

  test('of other countries need only look like one', () => {
    expect(checkTaxId('US', '12-3456789')).toBeNull();
    expect(checkTaxId('US', '')).toBe('TAX_ID_FORMAT');
  });
});

import { hash } from '@node-rs/argon2';
import { describe, expect, test } from 'vitest';
import { COMMON_WORDS } from '../../api/identities/common-passwords.js';
import { type PasswordFault, passwordFault } from '../../api/identities/password-rules.js';
import { COST, createPasswords, isWeak } from '../../api/identities/passwords.js';
import { cpuMs } from '../support/cpu-time.js';

const rules: readonly [string, PasswordFault | null][] = [
  ['eleven char', 'PASSWORD_LENGTH'],
  ['twelve chars', null],
  ['x'.repeat(129), 'PASSWORD_LENGTH'],
  [`${'purple kettle '.repeat(9)}xy`, null],
  ['señor ñandú é', null],
  ['🦊🐻🐼🐨🐯🦁🐮🐷🐸🐵🐔', 'PASSWORD_LENGTH'],
  ['🦊🐻🐼🐨🐯🦁🐮🐷🐸🐵🐔🐧', null],
  ['password1234', 'PASSWORD_COMMON'],
  ['Password!!!!', 'PASSWORD_COMMON'],
  ['P@ssw0rd1234', 'PASSWORD_COMMON'],
  ['2024password2024', 'PASSWORD_COMMON'],
  ['administrator', 'PASSWORD_COMMON'],
  ['Jornada-2026!', 'PASSWORD_COMMON'],
  ['aaaaaaaaaaaa', 'PASSWORD_COMMON'],
  ['abcabcabcabcabc', 'PASSWORD_COMMON'],
  ['123456789012', 'PASSWORD_COMMON'],
  ['210987654321', 'PASSWORD_COMMON'],
  ['qwertyuiopas', 'PASSWORD_COMMON'],
  ['ines.pereira', 'PASSWORD_COMMON'],
  ['ines.pereira42', 'PASSWORD_COMMON'],
  ['purple kettle under snow', null],
  ['4918 2750 3361', null],
];

test.each(rules)('%s', (password, fault) => {
  expect(passwordFault(password, 'ines.pereira')).toBe(fault);
});

test('a password without letters is that of no name', () => {
  expect(passwordFault('4918-2750-33', '')).toBeNull();
});

test('the list is written as passwords are compared with it', () => {
  expect([...COMMON_WORDS].filter((word) => !/^[a-z]+$/.test(word))).toEqual([]);
});

describe('hashes', () => {
  const passwords = createPasswords();

  test('are argon2id at the cost that is said, salted', async () => {
    const [one, other] = await Promise.all([passwords.hash('a b'), passwords.hash('a b')]);
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(other).not.toBe(one);
    expect(await passwords.verify(one, 'a b')).toBe(true);
    expect(await passwords.verify(one, 'a b ')).toBe(false);
    expect(await passwords.verify(one, 'A b')).toBe(false);
  });

  test('nobody has the password of nobody, and finding that out costs as much as any other', async () => {
    const known = await passwords.hash('a b');
    const costOf = async (hash: string | null): Promise<number> => {
      const began = cpuMs();
      for (let n = 0; n < 5; n += 1) await passwords.verify(hash, 'the password of nobody');
      return cpuMs() - began;
    };
    expect(await passwords.verify(null, 'the password of nobody')).toBe(false);
    const ratio = (await costOf(null)) / (await costOf(known));
    expect(ratio).toBeGreaterThan(0.5);
    expect(ratio).toBeLessThan(2);
  });

  test('are weak when they cost less than today', async () => {
    expect(isWeak(await passwords.hash('x'))).toBe(false);
    expect(isWeak(await hash('x', { ...COST, memoryCost: 8192 }))).toBe(true);
    expect(isWeak(await hash('x', { ...COST, timeCost: 1 }))).toBe(true);
    expect(isWeak('$2b$10$abcdefghijklmnopqrstuv')).toBe(true);
  });

  test('so many that nobody would wait for are refused, and the others are made', async () => {
    const all = await Promise.allSettled(Array.from({ length: 40 }, () => passwords.hash('x')));
    const refused = all.filter(({ status }) => status === 'rejected');
    expect(refused).toHaveLength(40 - 2 - 32);
    expect(refused[0]).toMatchObject({ reason: { code: 'SIGN_IN_TOO_MANY' } });
    expect(await passwords.verify(await passwords.hash('y'), 'y')).toBe(true);
  });
});

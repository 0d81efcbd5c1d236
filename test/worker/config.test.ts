import { expect, test } from 'vitest';
import { readWorkerConfig } from '../../worker/config.js';

test('nothing configured: everything embedded', () => {
  expect(readWorkerConfig({ TEMPORAL_ADDRESS: '' })).toEqual({
    temporalAddress: null,
    temporalNamespace: 'default',
    taskQueue: 'jornada',
    databaseUrl: null,
    dataFolder: '.data',
    masterKey: null,
    profile: 'development',
    maxCachedWorkflows: null,
  });
});

test('all faults at once, and no value repeated', () => {
  const read = () =>
    readWorkerConfig({
      TEMPORAL_ADDRESS: 'http://secret-host',
      DATABASE_URL: 'mysql://secret-user',
      JORNADA_MAX_CACHED_WORKFLOWS: '-1',
      JORNADA_PROFILE: 'test',
    });
  expect(read).toThrow(
    /TEMPORAL_ADDRESS[\s\S]*DATABASE_URL[\s\S]*JORNADA_MAX_CACHED_WORKFLOWS[\s\S]*JORNADA_PROFILE/,
  );
  expect(read).not.toThrow(/secret/);
});

test.each(['TEMPORAL_ADDRESS', 'DATABASE_URL', 'JORNADA_MASTER_KEY'])(
  'production needs %s',
  (name) => {
    const whole = {
      JORNADA_PROFILE: 'production',
      TEMPORAL_ADDRESS: 'temporal:7233',
      DATABASE_URL: 'postgres://db/jornada',
      JORNADA_MASTER_KEY: 'x',
    };
    expect(readWorkerConfig(whole).profile).toBe('production');
    expect(() => readWorkerConfig({ ...whole, [name]: '' })).toThrow(name);
    expect(() => readWorkerConfig({ ...whole, TEMPORAL_DEBUG: '1' })).toThrow('TEMPORAL_DEBUG');
  },
);

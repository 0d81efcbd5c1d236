import { expect, test } from 'vitest';
import { calledInstanceId, effectKey } from '../../activities/decision/effect-key.js';

const instance = '018f3a7e-0000-7000-8000-000000000001';

test('an effect key is the same for the same place, and another for any other', () => {
  const key = effectKey(instance, 'charge:7', 1);
  expect(key).toMatch(/^[a-z2-7]{52}$/);
  expect(effectKey(instance, 'charge:7', 1)).toBe(key);
  const others = [
    effectKey(instance, 'charge:7', 2),
    effectKey(instance, 'charge:71', 1),
    effectKey(`${instance}1`, 'charge:7', 1),
  ];
  expect(new Set([key, ...others]).size).toBe(4);
});

test('the id of a called instance is a UUIDv7 of the instant of the call', () => {
  const at = '2026-03-02T12:00:00.123Z';
  const id = calledInstanceId(instance, 'call:9', at);
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toBe(Date.parse(at));
  expect(calledInstanceId(instance, 'call:9', at)).toBe(id);
  expect(calledInstanceId(instance, 'call:10', at)).not.toBe(id);
});

import { expect, test } from 'vitest';
import { buttonsOf } from '../../engine/forms/index.js';

const button = (properties: object, label = '') => ({ type: 'button', label, properties });

test('tells buttons that name an action, in order, also those in groups', () => {
  const components = [
    button({ action: 'approve' }, 'Approve'),
    { type: 'group', components: [button({ action: 'refuse' })] },
    ...[button({}, 'Send'), button({ action: '' }), { type: 'button' }],
    { type: 'textfield', key: 'why', properties: { action: 'approve' } },
  ] as never;
  expect(buttonsOf({ type: 'default', components })).toEqual([
    { action: 'approve', label: 'Approve' },
    { action: 'refuse', label: 'refuse' },
  ]);
});

test('a form without components has none', () => expect(buttonsOf({})).toEqual([]));

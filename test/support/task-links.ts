/** Packages whose one task is decided by buttons, by one choice, or by a form that asks for more. */
import { readFileSync } from 'node:fs';
import type { PackageFiles } from '../../registry/index.js';

/** How the task of a package is decided; `barred`: by buttons, and not by who is named in `who`. */
export type DecidedBy = 'buttons' | 'choice' | 'form' | 'barred';

const REASON = { type: 'textfield', id: 'why', key: 'why', label: 'Why do they want it' };
const VERDICT = {
  ...{ type: 'radio', id: 'verdict', key: 'verdict', label: 'Is it paid' },
  values: [
    { label: 'Pay', value: 'yes' },
    { label: 'Keep', value: 'no' },
  ],
  ...{ validate: { required: true }, properties: { byMail: 'yes' } },
};
const NOTE = {
  ...{ type: 'textfield', id: 'note', key: 'note', label: 'Note', validate: { required: true } },
};
const button = (action: string, label: string) => ({
  ...{ type: 'button', id: action, label, action: 'submit', properties: { action } },
});

const BUTTONS = [
  { ...REASON, readonly: true },
  button('approve', 'Approve'),
  button('refuse', 'Refuse'),
];
const NOT_BY =
  '<zeebe:properties><zeebe:property name="jornada:notBy" value="=who"/></zeebe:properties>';

const COMPONENTS = {
  buttons: BUTTONS,
  barred: BUTTONS,
  choice: [{ ...REASON, readonly: true }, VERDICT],
  form: [VERDICT, NOTE],
} satisfies Record<DecidedBy, readonly object[]>;

/** The files of one, and the id of its process: `<prefix>-<by>`. It starts with `why`, `group` and `within`. */
export function decidedBy(prefix: string, by: DecidedBy): readonly [string, PackageFiles] {
  const processId = `${prefix}-${by}`;
  const model = readFileSync('test/fixtures/task-links/process.bpmn', 'utf8');
  const form = {
    ...{ type: 'default', id: 'approve', schemaVersion: 19, executionPlatform: 'Camunda Cloud' },
    ...{ executionPlatformVersion: '8.8.0', components: COMPONENTS[by] },
  };
  const files = {
    'process.bpmn': model
      .replace('process id="refund"', `process id="${processId}"`)
      .replace('<zeebe:userTask/>', `<zeebe:userTask/>${by === 'barred' ? NOT_BY : ''}`),
    'forms/approve.form': JSON.stringify(form),
  };
  return [processId, files];
}

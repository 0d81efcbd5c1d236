/** Forms as Camunda's API has them. */
import { z } from 'zod';
import type { Store } from '../../store/index.js';
import { answers, NOTHING_TOLD } from '../openapi/about.js';
import { TENANT } from './fields.js';
import { keysFor } from './keys.js';
import { wireKey, wireTenant } from './wire-schemas.js';

const FORM = z.strictObject({
  ...{ formKey: wireKey, formId: z.string(), version: z.int(), tenantId: wireTenant },
  schema: z.string().describe('A text of JSON, as form-js takes it.'),
});

/** A form is answered, or nothing where there is none. */
export const formAnswers = (none: string) => [
  answers(FORM, {
    ...{ formKey: '2251799813685300', formId: 'answer', version: 1, tenantId: '<default>' },
    schema: '{"type":"default","components":[]}',
  }),
  { ...NOTHING_TOLD, says: none },
];

/** The form that a package means by an id; null: it has none. Class: side effect (store). */
export async function formIn(
  store: Store,
  formId: string | null,
  packageHash: string,
): Promise<z.output<typeof FORM> | null> {
  const form = formId && (await store.definitions.forms.inPackage(formId, packageHash));
  const found = form ? await store.definitions.package(form.packageHash) : null;
  if (!form || !found) return null;
  const id = `${form.packageHash}/${form.resourceId}`;
  const keyOf = await keysFor(store, [['form', id]]);
  return {
    ...{ formKey: keyOf('form', id), formId: form.resourceId, version: form.version },
    ...{ tenantId: TENANT, schema: String(found.files[form.path] ?? '') },
  };
}

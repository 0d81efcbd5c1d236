/** The form of a task as form-js draws it: loaded where it is shown, filled once, so that nothing typed is drawn over. */
import { Form } from '@bpmn-io/form-js';
import '@bpmn-io/form-js/dist/assets/form-js.css';
import './task-form.css';
import { type ReactNode, type RefObject, useEffect, useRef } from 'react';
import type { WholeTask } from '../../../contracts/tasks.js';
import { plainMarkdown } from './plain-markdown.js';

type Values = WholeTask['variables'];
type Schema = NonNullable<WholeTask['form']>['schema'];

/** What of form-js's form is used. */
interface DrawnForm {
  readonly importSchema: (schema: Schema, data: Values) => Promise<unknown>;
  readonly submit: () => { readonly data: Values; readonly errors: object };
  readonly setProperty: (name: 'readOnly', value: boolean) => void;
  readonly on: (type: 'changed', hear: (event: { readonly data: Values }) => void) => void;
  readonly destroy: () => void;
}

/** What the page asks of the form. */
export interface FormHandle {
  /** What was filled in; null: something does not fit, and the form says what. */
  readonly submit: () => Values | null;
}

/** Shows it. `changed` hears the values that differ from those that it was opened with. */
export function TaskForm({
  schema,
  variables,
  draft,
  isReadOnly,
  changed,
  handle,
}: {
  readonly schema: Schema;
  readonly variables: Values;
  readonly draft: Values;
  readonly isReadOnly: boolean;
  readonly changed: (values: Values) => void;
  readonly handle: RefObject<FormHandle | null>;
}): ReactNode {
  const place = useRef<HTMLDivElement>(null);
  const shown = useRef<DrawnForm | null>(null);
  const latest = useRef({ changed, schema, variables, draft, isReadOnly });
  latest.current = { ...latest.current, changed, isReadOnly };
  useEffect(() => {
    if (!place.current) return;
    const form = new Form({
      container: place.current,
      additionalModules: [plainMarkdown],
    }) as unknown as DrawnForm;
    const { schema: drawn, variables: given, draft: typed } = latest.current;
    shown.current = form;
    handle.current = {
      submit: () => {
        const { data, errors } = form.submit();
        return Object.keys(errors).length > 0 ? null : data;
      },
    };
    form.setProperty('readOnly', latest.current.isReadOnly);
    const opened = { ...given, ...typed };
    // Form-js tells a change also when it has drawn itself: only what somebody typed is one.
    let last: Values = typed;
    void form.importSchema(withoutButtons(drawn), opened).then(() =>
      form.on('changed', (event) => {
        const values = Object.entries(event.data);
        const differing = values.filter(([name, value]) => !isSame(value, given[name]));
        const now = Object.fromEntries(differing) as Values;
        if (isSame(now, last)) return;
        last = now;
        latest.current.changed(now);
      }),
    );
    return () => {
      handle.current = null;
      form.destroy();
    };
  }, [handle]);
  useEffect(() => {
    shown.current?.setProperty('readOnly', isReadOnly);
  }, [isReadOnly]);
  return <div ref={place} className="task-form" />;
}

/** A field that is empty and a value that is not there are one: form-js makes the first of the second. */
const isSame = (one: unknown, other: unknown): boolean =>
  JSON.stringify(one || null) === JSON.stringify(other || null);

/** What completes a task stands below the form, with what else can be done. */
function withoutButtons(schema: Schema): Schema {
  const { components } = schema;
  if (!Array.isArray(components)) return schema;
  const kept = components
    .filter((one) => (one as { readonly type?: string }).type !== 'button')
    .map((one) => withoutButtons(one as Schema));
  return { ...schema, components: kept };
}

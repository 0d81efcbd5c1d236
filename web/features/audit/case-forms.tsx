import { Accordion, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { CaseForm, WholeCase } from '../../../contracts/cases.js';
import { Empty } from '../../parts/empty.js';
import { RowsTable } from '../../parts/search-list.js';
import { exactly } from '../../parts/time.js';
import { useLocale, useTexts } from '../../texts/texts.js';
import { fieldsOf, textOf } from './form-fields.js';
import { namesIn } from './people.js';
import { AUDIT_TEXTS } from './texts.js';

/** The forms as they were shown and answered; on paper all are open. */
export function CaseForms({ whole }: { readonly whole: WholeCase }): ReactNode {
  const say = useTexts(AUDIT_TEXTS);
  const locale = useLocale();
  const who = namesIn(whole, say('engine'));
  const { forms } = whole;
  if (forms.length === 0) return <Empty text={say('noForms')} />;
  const keyOf = ({ instanceId, taskId }: CaseForm): string => `${instanceId}/${taskId}`;
  return (
    <Accordion multiple variant="contained" defaultValue={forms.map(keyOf)} order={3}>
      {forms.map((form) => (
        <Accordion.Item key={keyOf(form)} value={keyOf(form)}>
          <Accordion.Control>
            <Text fw={600}>{form.name}</Text>
            <Text size="sm" c="dimmed">
              {who(form.completedBy)}, {exactly(form.completedAt, locale)}
              {form.action !== null && `, ${form.action}`}
            </Text>
          </Accordion.Control>
          <Accordion.Panel>
            <Answers form={form} />
          </Accordion.Panel>
        </Accordion.Item>
      ))}
    </Accordion>
  );
}

function Answers({ form }: { readonly form: CaseForm }): ReactNode {
  const say = useTexts(AUDIT_TEXTS);
  const locale = useLocale();
  if (form.isErased) return <Text c="dimmed">{say('gone')}</Text>;
  if (form.schema === null) return <Text c="dimmed">{say('noForm')}</Text>;
  const values = { ...form.shown, ...form.answer };
  const rows = fieldsOf(form.schema, locale);
  return (
    <Stack gap={0}>
      <RowsTable
        label={form.name}
        minWidth={320}
        rows={rows}
        keyOf={({ key }) => key}
        columns={[
          { title: say('field'), cell: ({ label }) => label },
          {
            title: say('value'),
            cell: ({ key, options }) => textOf(values[key] ?? null, options),
          },
        ]}
      />
    </Stack>
  );
}

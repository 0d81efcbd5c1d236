import { Tabs } from '@mantine/core';
import type { ReactNode } from 'react';
import { Page } from '../../parts/page.js';
import { useTexts } from '../../texts/texts.js';
import { Health } from './health.js';
import { People } from './people.js';
import { ADMIN_TEXTS } from './texts.js';
import { WEBHOOK_TEXTS } from './webhook-texts.js';
import { Webhooks } from './webhooks.js';

/** People and the engine. */
export function AdminPage(): ReactNode {
  const say = useTexts(ADMIN_TEXTS);
  const sayWebhooks = useTexts(WEBHOOK_TEXTS);
  return (
    <Page title={say('title')}>
      <Tabs defaultValue="people" keepMounted={false}>
        <Tabs.List mb="md">
          <Tabs.Tab value="people">{say('people')}</Tabs.Tab>
          <Tabs.Tab value="webhooks">{sayWebhooks('title')}</Tabs.Tab>
          <Tabs.Tab value="health">{say('health')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="people">
          <People />
        </Tabs.Panel>
        <Tabs.Panel value="webhooks">
          <Webhooks />
        </Tabs.Panel>
        <Tabs.Panel value="health">
          <Health />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}

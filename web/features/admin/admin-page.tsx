import { Alert, Loader, Tabs } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import { type ComponentType, lazy, type ReactNode, Suspense } from 'react';
import { usePerson } from '../../api/session.js';
import { Page } from '../../parts/page.js';
import { PARTS_TEXTS } from '../../parts/texts.js';
import { useTexts } from '../../texts/texts.js';
import { CALENDAR_TEXTS } from './calendar-texts.js';
import { CONNECTORS_TEXTS } from './connectors-texts.js';
import { Health } from './health.js';
import { ADMIN_AREA } from './nav.js';
import { People } from './people.js';
import { RETENTION_TEXTS } from './retention-texts.js';
import { ADMIN_TEXTS } from './texts.js';
import { WEBHOOK_TEXTS } from './webhook-texts.js';
import { Webhooks } from './webhooks.js';

const Calendars = lazy(async () => ({ default: (await import('./calendars.js')).Calendars }));
const Connectors = lazy(async () => ({ default: (await import('./connectors.js')).Connectors }));
const Retention = lazy(async () => ({ default: (await import('./retention.js')).Retention }));

/** People, systems, what is kept, and the engine. Whom the menu does not lead here is refused before anything is shown. */
export function AdminPage(): ReactNode {
  const say = useTexts(ADMIN_TEXTS);
  const sayParts = useTexts(PARTS_TEXTS);
  const { roles } = usePerson();
  return (
    <Page title={say('title')}>
      {roles.some((role) => ADMIN_AREA.roles.includes(role)) ? (
        <Areas />
      ) : (
        <Alert color="red" variant="light" title={sayParts('forbidden')} role="alert" />
      )}
    </Page>
  );
}

/** Each has its address. */
function Areas(): ReactNode {
  const say = useTexts(ADMIN_TEXTS);
  const sayWebhooks = useTexts(WEBHOOK_TEXTS);
  const sayCalendars = useTexts(CALENDAR_TEXTS);
  const sayConnectors = useTexts(CONNECTORS_TEXTS);
  const sayRetention = useTexts(RETENTION_TEXTS);
  const tabs: readonly (readonly [value: string, title: string, Panel: ComponentType])[] = [
    ['people', say('people'), People],
    ['webhooks', sayWebhooks('title'), Webhooks],
    ['connectors', sayConnectors('title'), Connectors],
    ['calendars', sayCalendars('title'), Calendars],
    ['retention', sayRetention('title'), Retention],
    ['health', say('health'), Health],
  ];
  const { tab = '' } = useParams({ from: '/shell/admin/{-$tab}' });
  const shown = tabs.some(([value]) => value === tab) ? tab : 'people';
  return (
    <Tabs value={shown} keepMounted={false}>
      <Tabs.List mb="md">
        {tabs.map(([value, title]) => (
          <Tabs.Tab
            key={value}
            value={value}
            // A link as well, so that it opens in a window of its own.
            renderRoot={(props) => (
              <Link {...props} to="/admin/{-$tab}" params={{ tab: value } as never} />
            )}
          >
            {title}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {tabs.map(([value, , Panel]) => (
        <Tabs.Panel key={value} value={value}>
          <Suspense fallback={<Loader />}>
            <Panel />
          </Suspense>
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}

/** What a batch would do: who is meant, and by reason which of them it would refuse. */
import { Accordion, Alert, Anchor, List, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTexts } from '../../texts/texts.js';
import type { BatchTrial } from './instances-api.js';
import { INSTANCES_TEXTS } from './texts.js';

type Verdict = BatchTrial['verdicts'][number];

/** Shows it. @param type - name of what is done to each */
export function Trial({
  trial,
  type,
}: {
  readonly trial: BatchTrial;
  readonly type: string;
}): ReactNode {
  const say = useTexts(INSTANCES_TEXTS);
  const { total, isTooMany, verdicts, next } = trial;
  if (isTooMany) return <Alert color="red">{say('tryTooMany')}</Alert>;
  if (total === 0) {
    const key = type === 'RESOLVE_INCIDENT' ? 'tryNoIncident' : 'tryNone';
    return (
      <Alert color="yellow" role="status">
        {say(key)}
      </Alert>
    );
  }
  const of = (wanted: Verdict['outcome']): readonly Verdict[] =>
    verdicts.filter(({ outcome }) => outcome === wanted);
  const [would, already, refused] = [of('would'), of('already'), of('refused')];
  const isOfNoUse = would.length === 0;
  const looked = {
    ...{ count: verdicts.length, would: would.length, already: already.length },
    refused: refused.length,
  };
  return (
    <Alert color={isOfNoUse || refused.length > 0 ? 'yellow' : 'teal'} role="status">
      <Stack gap="xs">
        <Text fw={600}>{say('tryTotal', { count: total })}</Text>
        <Text size="sm">{say(next === null ? 'tryAll' : 'trySome', looked)}</Text>
        {isOfNoUse && <Text size="sm">{say(next === null ? 'tryNoUse' : 'tryNoUseSome')}</Text>}
        <Reasons verdicts={[...refused, ...already]} />
      </Stack>
    </Alert>
  );
}

/** One fold for each reason, and in it whom it concerns. */
function Reasons({ verdicts }: { readonly verdicts: readonly Verdict[] }): ReactNode {
  const say = useTexts(INSTANCES_TEXTS);
  const groups = new Map<string, Verdict[]>();
  for (const one of verdicts) {
    const reason = one.code ?? one.outcome;
    groups.set(reason, [...(groups.get(reason) ?? []), one]);
  }
  return (
    <Accordion multiple variant="contained" chevronPosition="left">
      {[...groups].map(([reason, rows]) => (
        <Accordion.Item key={reason} value={reason}>
          <Accordion.Control>
            <Text size="sm">
              {say('tryReason', {
                count: rows.length,
                what: say(`verdict_${rows[0]?.outcome ?? 'refused'}`),
                code: rows[0]?.code ?? '',
              })}
            </Text>
          </Accordion.Control>
          <Accordion.Panel>
            <List size="sm">
              {rows.map(({ processInstanceKey: key, businessId, message }) => (
                <List.Item key={`${key} ${message}`}>
                  <Anchor
                    size="sm"
                    underline="always"
                    component={Link}
                    to="/instances/$key"
                    params={{ key } as never}
                    target="_blank"
                  >
                    {businessId ?? key}
                  </Anchor>
                  {message !== null && `: ${message}`}
                </List.Item>
              ))}
            </List>
          </Accordion.Panel>
        </Accordion.Item>
      ))}
    </Accordion>
  );
}

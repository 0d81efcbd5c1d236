import { Anchor, Badge, Button, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import type { DraftRow } from '../../../../contracts/designer.js';
import { usePerson } from '../../../api/session.js';
import { ProblemAlert } from '../../../parts/problem-alert.js';
import { Time } from '../../../parts/time.js';
import { useTexts } from '../../../texts/texts.js';
import { beginDraft, KEYS } from '../api.js';
import { type Remark, Remarks } from '../remarks.js';
import { DESIGNER_TEXTS } from '../texts.js';

/** Drafts of a package that are worked on or reviewed, and the beginning of another. */
export function Drafts({
  packageKey,
  drafts,
  newest,
  said,
}: {
  readonly said: readonly Remark[];
  readonly packageKey: string;
  readonly drafts: readonly DraftRow[];
  /** The hash of what is published. */
  readonly newest: string | null;
}): ReactNode {
  const say = useTexts(DESIGNER_TEXTS);
  const { roles } = usePerson();
  const mayChange = roles.includes('designer') || roles.includes('admin');
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [title, setTitle] = useState('');
  const begin = useMutation({
    mutationFn: () => beginDraft(packageKey, title),
    onSuccess: async ({ draft }) => {
      await queries.invalidateQueries({ queryKey: KEYS.package(packageKey) });
      await navigate({ to: `/designer/${packageKey}?draft=${draft.draftId}` as never });
    },
  });
  return (
    <section aria-labelledby="drafts">
      <Title order={2} size="h4" id="drafts" mb="xs">
        {say('drafts')}
      </Title>
      {drafts.length === 0 && <Text c="dimmed">{say('noDrafts')}</Text>}
      <Stack gap="xs" mb="md">
        {drafts.map(({ draftId, title: named, changedAt, changedBy, state }) => (
          <div key={draftId}>
            <Group gap="sm">
              <Text
                component={Link}
                to={`/designer/${packageKey}?draft=${draftId}` as never}
                fw={600}
                c="var(--mantine-color-anchor)"
              >
                {named || say('draft')}
              </Text>
              {state === 'review' && <Badge variant="light">{say('stateReview')}</Badge>}
              <Text size="sm" c="dimmed">
                {changedBy}, <Time at={changedAt} />
              </Text>
              {newest !== null && (
                <Anchor
                  component={Link}
                  size="sm"
                  to={`/designer/${packageKey}/compare?from=${newest}&to=${draftId}` as never}
                  aria-label={say('comparedWith', { title: named || say('draft') })}
                >
                  {say('compare')}
                </Anchor>
              )}
            </Group>
            <Remarks
              about={named || say('draft')}
              remarks={said.filter((one) => one.draftId === draftId)}
            />
          </div>
        ))}
      </Stack>
      {mayChange && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            begin.mutate();
          }}
        >
          <Group align="flex-end" gap="sm">
            <TextInput
              label={say('titleOfDraft')}
              value={title}
              maxLength={200}
              onChange={({ currentTarget }) => setTitle(currentTarget.value)}
            />
            <Button type="submit" loading={begin.isPending}>
              {say('begin')}
            </Button>
          </Group>
        </form>
      )}
      {begin.error && <ProblemAlert error={begin.error} />}
    </section>
  );
}

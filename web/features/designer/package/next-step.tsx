import { Alert, Button, Group, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Compass } from 'lucide-react';
import type { ReactNode } from 'react';
import type { WholePackage } from '../../../../contracts/designer.js';
import { usePerson } from '../../../api/session.js';
import { useTexts } from '../../../texts/texts.js';
import { DESIGNER_TEXTS } from '../texts.js';
import { instancesAt, type Running } from './running.js';
import { PACKAGE_TEXTS } from './texts.js';

/** What is sensible to do with a package now: one thing, the most pressing first. */
export function NextStep({
  found,
  running,
}: {
  readonly found: WholePackage;
  readonly running: readonly Running[];
}): ReactNode {
  const say = useTexts(PACKAGE_TEXTS);
  const { text, to, button } = useNext(found, running);
  return (
    <Alert
      variant="light"
      icon={<Compass size={18} aria-hidden />}
      title={say('next')}
      component="section"
      role="region"
      aria-label={say('next')}
    >
      <Group gap="sm" justify="space-between">
        <Text size="sm" className="designer-next">
          {text}
        </Text>
        {to !== null && (
          <Button component={Link} to={to as never} size="xs">
            {button}
          </Button>
        )}
      </Group>
    </Alert>
  );
}

interface Next {
  readonly text: string;
  /** Null: it is done on this page. */
  readonly to: string | null;
  readonly button: string;
}

function useNext(
  { key, drafts, versions }: Pick<WholePackage, 'key' | 'drafts' | 'versions'>,
  running: readonly Running[],
): Next {
  const say = useTexts(PACKAGE_TEXTS);
  const sayDraft = useTexts(DESIGNER_TEXTS);
  const { loginName, roles } = usePerson();
  const mayChange = roles.includes('designer') || roles.includes('admin');
  const nameOf = ({ title }: { readonly title: string }): string => title || sayDraft('draft');
  const addressOf = (id: string): string => `/designer/${key}?draft=${id}`;
  const [newest] = versions;
  const review = drafts.find(({ state }) => state === 'review');
  if (review) {
    const to = newest
      ? `/designer/${key}/compare?from=${newest.hash}&to=${review.draftId}`
      : addressOf(review.draftId);
    return { text: say('nextReview', { title: nameOf(review) }), to, button: say('review') };
  }
  const mine = drafts.find(
    ({ contributors, createdBy }) => createdBy === loginName || contributors.includes(loginName),
  );
  const open = mine ?? drafts[0];
  if (open) {
    const facts = { title: nameOf(open), who: open.changedBy };
    const text = !newest
      ? say('nextPublishFirst', facts)
      : say(mine ? 'nextMine' : 'nextOther', facts);
    return { text, to: addressOf(open.draftId), button: say('continue') };
  }
  const latest = new Map(newest?.processes.map((one) => [one.processId, one.version]));
  const old = running.filter(({ processId, version }) => version < (latest.get(processId) ?? 0));
  const [first] = old;
  if (first) {
    const count = old.reduce((sum, one) => sum + one.count, 0);
    const to = instancesAt(first.processId, first.version);
    return { text: say('nextOld', { count }), to, button: say('oldInstances') };
  }
  return { text: say(mayChange ? 'nextBegin' : 'nextBeginRead'), to: null, button: '' };
}

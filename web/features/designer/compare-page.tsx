import { Alert, Select, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { type ReactNode, useMemo, useState } from 'react';
import type { WholePackage } from '../../../contracts/designer.js';
import { Diagram, type Difference } from '../../parts/diagram/diagram.js';
import { newSharedView } from '../../parts/diagram/shared-view.js';
import { Empty } from '../../parts/empty.js';
import { Loaded } from '../../parts/loaded.js';
import { Page } from '../../parts/page.js';
import { useLocale, useTexts } from '../../texts/texts.js';
import { KEYS, readComparison, readPackage, readSide } from './api.js';
import { CHANGE_SIGNS, type FileDiff } from './change-signs.js';
import { FileLines, type ModelChanges, ModelDiff } from './changes.js';
import './workspace.css';
import type { CompareSearch } from './routes.js';
import { DESIGNER_TEXTS } from './texts.js';

interface Sides {
  readonly packageKey: string;
  /** The hash of a version. */
  readonly from: string;
  /** The hash of a version or the id of a draft. */
  readonly to: string;
}

/** Two versions of a package beside each other, or a version and a draft; the address names both. */
export function ComparePage(): ReactNode {
  const say = useTexts(DESIGNER_TEXTS);
  const locale = useLocale();
  const { packageKey } = useParams({ from: '/shell/designer/$packageKey/compare' as never }) as {
    readonly packageKey: string;
  };
  const search = useSearch({ strict: false }) as CompareSearch;
  const query = useQuery({
    queryKey: KEYS.package(packageKey),
    queryFn: ({ signal }) => readPackage(packageKey, signal),
  });
  const name = query.data?.title?.[locale] ?? packageKey;
  return (
    <Page title={`${say('compare')}: ${name}`} about={say('compareAbout', { key: packageKey })}>
      <Loaded query={query}>
        {(found) => {
          const [newest, former] = found.versions;
          const to = search.to ?? (former ? newest?.hash : found.drafts[0]?.draftId);
          const from = search.from ?? (former && search.to === undefined ? former : newest)?.hash;
          return from === undefined || to === undefined ? (
            <Empty text={say('onlyOne')} />
          ) : (
            <Stack gap="lg">
              <Choice found={found} from={from} to={to} />
              <Comparison key={`${from} ${to}`} packageKey={packageKey} from={from} to={to} />
            </Stack>
          );
        }}
      </Loaded>
    </Page>
  );
}

function Choice({
  found,
  from,
  to,
}: {
  readonly found: WholePackage;
  readonly from: string;
  readonly to: string;
}): ReactNode {
  const say = useTexts(DESIGNER_TEXTS);
  const locale = useLocale();
  const navigate = useNavigate();
  const time = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' });
  const versions = found.versions.map(({ hash, deployedAt, processes }) => {
    const names = processes.map(({ processId, version }) => `${processId} ${version}`);
    return { value: hash, label: [...names, time.format(new Date(deployedAt))].join(', ') };
  });
  const drafts = found.drafts.map(({ draftId, title }) => {
    return { value: draftId, label: `${say('draft')}: ${title || draftId}` };
  });
  const go = (sides: CompareSearch): void => {
    const { from: before = '', to: after = '' } = { from, to, ...sides };
    const address = `/designer/${found.key}/compare?from=${before}&to=${after}`;
    void navigate({ to: address as never });
  };
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }}>
      <Select
        label={say('compareFrom')}
        data={versions}
        value={from}
        allowDeselect={false}
        onChange={(value) => value !== null && go({ from: value })}
      />
      <Select
        label={say('compareTo')}
        data={[...drafts, ...versions]}
        value={to}
        allowDeselect={false}
        onChange={(value) => value !== null && go({ to: value })}
      />
    </SimpleGrid>
  );
}

function Comparison(sides: Sides): ReactNode {
  const say = useTexts(DESIGNER_TEXTS);
  const { packageKey, from, to } = sides;
  const query = useQuery({
    queryKey: ['designer', 'comparison', packageKey, from, to],
    queryFn: ({ signal }) => readComparison(packageKey, from, to, signal),
    gcTime: 0,
  });
  return (
    <Loaded query={query}>
      {({ files }) =>
        files.length === 0 ? (
          <Alert color="teal">{say('noChanges')}</Alert>
        ) : (
          files.map((file) => (
            <section key={file.path} aria-label={file.path}>
              <Title order={2} size="h4">
                {CHANGE_SIGNS[file.kind]} {file.path}
              </Title>
              <Text size="sm" c="dimmed" mb="xs">
                {say(`kind_${file.kind}`)}
              </Text>
              {file.model ? (
                <Models sides={sides} path={file.path} model={file.model} />
              ) : (
                <FileLines file={file} />
              )}
            </section>
          ))
        )
      }
    </Loaded>
  );
}

interface Look {
  readonly selected: string | null;
  readonly turn: number;
}

/** Both diagrams, which move together, and what differs; selecting it selects it in both. */
function Models({
  sides: { packageKey, from, to },
  path,
  model,
}: {
  readonly sides: Sides;
  readonly path: FileDiff['path'];
  readonly model: ModelChanges;
}): ReactNode {
  const say = useTexts(DESIGNER_TEXTS);
  const [{ selected, turn }, setLook] = useState<Look>({ selected: null, turn: 0 });
  // The same again is brought to the middle again.
  const setSelected = (id: string): void =>
    setLook((before) => ({ selected: id, turn: before.turn + 1 }));
  const [view] = useState(newSharedView);
  const query = useQuery({
    queryKey: ['designer', 'models', packageKey, from, to, path],
    queryFn: ({ signal }) =>
      Promise.all([from, to].map((side) => readSide(packageKey, side, path, signal))),
    gcTime: 0,
  });
  const differences = useMemo(() => {
    const word = (kind: Difference['kind']): Difference => {
      return { kind, text: `${CHANGE_SIGNS[kind]} ${say(`kind_${kind}`)}` };
    };
    // What differs in more than its place is told as that.
    return new Map<string, Difference>([
      ...model.moved.map((id) => [id, word('moved')] as const),
      ...model.changed.map(({ elementId }) => [elementId, word('changed')] as const),
      ...model.added.map(({ elementId }) => [elementId, word('added')] as const),
      ...model.removed.map(({ elementId }) => [elementId, word('removed')] as const),
    ]);
  }, [model, say]);
  const shown = { differences, view, selected, turn, onSelect: setSelected };
  return (
    <Stack gap="sm">
      <Loaded query={query}>
        {([before = null, after = null]) => (
          <SimpleGrid cols={{ base: 1, md: 2 }}>
            {before !== null && (
              <Diagram xml={before} label={say('modelBefore', { file: path })} {...shown} />
            )}
            {after !== null && (
              <Diagram xml={after} label={say('modelAfter', { file: path })} {...shown} />
            )}
          </SimpleGrid>
        )}
      </Loaded>
      <ModelDiff model={model} selected={selected} onSelect={setSelected} />
    </Stack>
  );
}

import { Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams, useSearch } from '@tanstack/react-router';
import { type ReactNode, useMemo } from 'react';
import type { WholePackage } from '../../../contracts/designer.js';
import { usePerson } from '../../api/session.js';
import { Loaded } from '../../parts/loaded.js';
import { Page } from '../../parts/page.js';
import { useLocale, useTexts } from '../../texts/texts.js';
import { KEYS, readPackage, readRemarks } from './api.js';
import { DraftPage } from './draft-page.js';
import { Drafts } from './package/drafts.js';
import { PackageFiles } from './package/files.js';
import { NextStep } from './package/next-step.js';
import { Processes } from './package/processes.js';
import { useRunning } from './package/running.js';
import { PACKAGE_TEXTS } from './package/texts.js';
import { Versions } from './package/versions.js';
import { DESIGNER_TEXTS } from './texts.js';

/** One package: a draft of it where the address names one, else what there is of it. */
export function PackagePage(): ReactNode {
  const { packageKey } = useParams({ from: '/shell/designer/$packageKey' as never }) as {
    readonly packageKey: string;
  };
  const { draft } = useSearch({ strict: false }) as { readonly draft?: string };
  return draft === undefined ? (
    <Overview packageKey={packageKey} />
  ) : (
    <DraftPage key={draft} packageKey={packageKey} draftId={draft} />
  );
}

/** Whoever may see drafts hears what was said of them. */
const SEE_DRAFTS: readonly string[] = ['designer', 'admin', 'auditor'];

function Overview({ packageKey }: { readonly packageKey: string }): ReactNode {
  const locale = useLocale();
  const query = useQuery({
    queryKey: KEYS.package(packageKey),
    queryFn: ({ signal }) => readPackage(packageKey, signal),
  });
  const title = query.data?.title?.[locale] ?? packageKey;
  return (
    <Page title={title} about={packageKey}>
      <Loaded query={query}>{(found) => <Whole found={found} />}</Loaded>
    </Page>
  );
}

function Whole({ found }: { readonly found: WholePackage }): ReactNode {
  const say = useTexts(PACKAGE_TEXTS);
  const sayDraft = useTexts(DESIGNER_TEXTS);
  const locale = useLocale();
  const { key, purpose, owner, files, versions, drafts } = found;
  const { roles } = usePerson();
  const remarks = useQuery({
    queryKey: [...KEYS.package(key), 'remarks'],
    queryFn: ({ signal }) => readRemarks(key, signal),
    enabled: roles.some((role) => SEE_DRAFTS.includes(role)),
  });
  const said = remarks.data?.items ?? [];
  const [newest] = versions;
  const processes = newest?.processes ?? [];
  const ids = useMemo(
    () => [...new Set(versions.flatMap((one) => one.processes.map(({ processId }) => processId)))],
    [versions],
  );
  const running = useRunning(key, ids).data ?? [];
  const [draft] = drafts;
  return (
    <Stack gap="xl">
      {newest && (
        <Text>
          {purpose?.[locale] ?? say('noDescription')}
          {owner && ` ${say('answersFor', { owner: owner[locale] })}`}
        </Text>
      )}
      <NextStep found={found} running={running} />
      <Drafts packageKey={key} drafts={drafts} newest={newest?.hash ?? null} said={said} />
      {newest && <Processes processes={processes} running={running} />}
      <Versions packageKey={key} versions={versions} said={said} running={running} />
      {newest && (
        <PackageFiles
          packageKey={key}
          files={files}
          draft={draft ? { ...draft, title: draft.title || sayDraft('draft') } : null}
        />
      )}
    </Stack>
  );
}

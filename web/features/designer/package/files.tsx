import { Anchor, List, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { PackageFileRow } from '../../../../contracts/designer.js';
import { useLocale, useTexts } from '../../../texts/texts.js';
import { PACKAGE_TEXTS } from './texts.js';

/** In this order; rows that try a decision stand with it. */
const KINDS = [
  ...(['model', 'decision', 'form', 'mail', 'scenario', 'example', 'template'] as const),
  ...(['description', 'readme', 'other'] as const),
];

/** A file, or those that are one thing in several languages. */
interface Thing {
  readonly path: string;
  readonly title: PackageFileRow['title'];
  readonly isTried: boolean;
}

/** What is in a package, by what it is for; a file is opened in a draft, where there is one. */
export function PackageFiles({
  packageKey,
  files,
  draft,
}: {
  readonly packageKey: string;
  readonly files: readonly PackageFileRow[];
  readonly draft: { readonly draftId: string; readonly title: string } | null;
}): ReactNode {
  const say = useTexts(PACKAGE_TEXTS);
  return (
    <section aria-labelledby="files">
      <Title order={2} size="h4" id="files">
        {say('files')}
      </Title>
      <Text size="sm" c="dimmed" mb="sm">
        {draft ? say('filesInDraft', { title: draft.title }) : say('filesAbout')}
      </Text>
      <div className="designer-contents">
        {KINDS.map((kind) => ({ kind, things: thingsOf(files, kind) }))
          .filter(({ things }) => things.length > 0)
          .map(({ kind, things }) => (
            <div key={kind} className="designer-kind">
              <Title order={3} size="h6">
                {say(`kind_${kind === 'other' ? 'more' : kind}`)}
              </Title>
              <List size="sm" listStyleType="none" spacing={2}>
                {things.map((thing) => (
                  <FileItem key={thing.path} {...{ packageKey, thing, draft }} />
                ))}
              </List>
            </div>
          ))}
      </div>
    </section>
  );
}

function FileItem({
  packageKey,
  thing: { path, title, isTried },
  draft,
}: {
  readonly packageKey: string;
  readonly thing: Thing;
  readonly draft: { readonly draftId: string } | null;
}): ReactNode {
  const say = useTexts(PACKAGE_TEXTS);
  const locale = useLocale();
  const name = title?.[locale] ?? path.replace(/^.*\//, '');
  const tried = isTried ? ` · ${say('triedBy')}` : '';
  return (
    <List.Item className="designer-path">
      {draft ? (
        <Anchor
          component={Link}
          size="sm"
          to={
            `/designer/${packageKey}?draft=${draft.draftId}&file=${encodeURIComponent(path)}` as never
          }
        >
          {name}
        </Anchor>
      ) : (
        name
      )}
      {title !== null && (
        <Text size="xs" c="dimmed">
          {path}
          {tried}
        </Text>
      )}
    </List.Item>
  );
}

/** Of a mail that there is in several languages the first is told. Class: pure. */
function thingsOf(
  files: readonly PackageFileRow[],
  kind: (typeof KINDS)[number],
): readonly Thing[] {
  const paths = new Set(files.map(({ path }) => path));
  const seen = new Set<string>();
  return files.flatMap(({ path, title, kind: own }) => {
    const name = path.replace(/\.(en|pt-BR)\.liquid$/, '');
    if (own !== kind || seen.has(name)) return [];
    seen.add(name);
    return [{ path, title, isTried: paths.has(`${path}.test.csv`) }];
  });
}

/** What differs between two versions, file by file: elements with their properties, else lines. */
import { Table, Text, Title, UnstyledButton } from '@mantine/core';
import type { ReactNode } from 'react';
import { kindOfType } from '../../parts/diagram/kinds.js';
import { useKindName } from '../../parts/diagram/use-kind-name.js';
import { useTexts } from '../../texts/texts.js';
import { CHANGE_SIGNS, type FileDiff } from './change-signs.js';
import { DecisionDiff } from './decision-diff.js';
import { DECISION_DIFF_TEXTS } from './decision-diff-texts.js';
import { DESIGNER_TEXTS } from './texts.js';

export type ModelChanges = NonNullable<FileDiff['model']>;

/** All of it, to be read. */
export function Changes({ files }: { readonly files: readonly FileDiff[] }): ReactNode {
  const say = useTexts(DESIGNER_TEXTS);
  return (
    <section aria-labelledby="changes">
      <Title order={3} size="h5" id="changes">
        {say('changes')}
      </Title>
      {files.length === 0 && <Text size="sm">{say('noChanges')}</Text>}
      {files.map((file) => (
        <div key={file.path}>
          <Text size="sm" fw={600} mt="xs">
            {file.path}
          </Text>
          {file.model ? <ModelDiff model={file.model} /> : <FileLines file={file} />}
        </div>
      ))}
    </section>
  );
}

/** A file that is no model: of decisions in words, and its lines below, folded; else its lines. */
export function FileLines({ file: { decisions, lines } }: { readonly file: FileDiff }): ReactNode {
  const say = useTexts(DECISION_DIFF_TEXTS);
  if (decisions === null) return <Lines lines={lines} />;
  return (
    <>
      <DecisionDiff decisions={decisions} />
      <details className="designer-folded">
        <summary>{say('lines')}</summary>
        <Lines lines={lines} />
      </details>
    </>
  );
}

const LINE_SIGNS = { same: ' ', removed: '−', added: '+', skipped: '⋯' } as const;

/** Lines of a file that is no model. */
function Lines({ lines }: Pick<FileDiff, 'lines'>): ReactNode {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is scrolled by keys as well.
    <pre className="designer-lines" tabIndex={0}>
      {lines.map(({ kind, text }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines have no name, and do not change.
        <span key={index} className={`designer-line-${kind}`}>
          {LINE_SIGNS[kind]} {kind === 'skipped' ? '' : text}
          {'\n'}
        </span>
      ))}
    </pre>
  );
}

/** Elements of a model. With `onSelect` each is a button, and those that lie elsewhere are named one by one. */
export function ModelDiff({
  model,
  selected = null,
  onSelect,
}: {
  readonly model: ModelChanges;
  readonly selected?: string | null;
  readonly onSelect?: (elementId: string) => void;
}): ReactNode {
  const say = useTexts(DESIGNER_TEXTS);
  const kindName = useKindName();
  const moved = onSelect ? model.moved : [];
  const rows = [
    ...model.added.map((one) => ({ ...one, kind: 'added' as const })),
    ...model.removed.map((one) => ({ ...one, kind: 'removed' as const })),
    ...model.changed.map((one) => ({ ...one, kind: 'changed' as const })),
    ...moved.map((elementId) => {
      return { elementId, type: '', name: null, properties: [], kind: 'moved' as const };
    }),
  ];
  return (
    <>
      <Table.ScrollContainer minWidth={rows.length === 0 ? 0 : 300}>
        <Table verticalSpacing={4} fz="xs">
          <Table.Tbody>
            {rows.flatMap(({ kind, elementId, type, name, properties }) => {
              const title = `${CHANGE_SIGNS[kind]} ${name ?? elementId}`;
              const isOpen = kind === 'changed' || onSelect !== undefined;
              return [
                <Table.Tr key={`${kind} ${elementId}`}>
                  <Table.Td colSpan={3}>
                    {onSelect ? (
                      <UnstyledButton
                        fz="sm"
                        fw={600}
                        mih={28}
                        className="designer-change"
                        aria-current={elementId === selected}
                        onClick={() => onSelect(elementId)}
                      >
                        {title}
                      </UnstyledButton>
                    ) : (
                      <strong>{title}</strong>
                    )}{' '}
                    {type !== '' && kindName(kindOfType(type))} {say(`kind_${kind}`)}
                  </Table.Td>
                </Table.Tr>,
                ...(isOpen ? properties : []).map(({ path, before, after }) => (
                  <Table.Tr key={`${kind} ${elementId} ${path}`}>
                    <Table.Td className="designer-property">{path}</Table.Td>
                    <Table.Td className="designer-property">
                      {say('before')} {before ?? '–'}
                    </Table.Td>
                    <Table.Td className="designer-property">
                      {say('now')} {after ?? '–'}
                    </Table.Td>
                  </Table.Tr>
                )),
              ];
            })}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {!onSelect && model.moved.length > 0 && (
        <Text size="xs" c="dimmed">
          {say('moved', { count: model.moved.length })}
        </Text>
      )}
    </>
  );
}

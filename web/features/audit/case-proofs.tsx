import { Badge, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { WholeCase } from '../../../contracts/cases.js';
import { Empty } from '../../parts/empty.js';
import { Hash } from '../../parts/hash.js';
import { type ListColumn, RowsTable } from '../../parts/search-list.js';
import { Section } from '../../parts/section.js';
import { Time } from '../../parts/time.js';
import { useTexts } from '../../texts/texts.js';
import { namesIn } from './people.js';
import { AUDIT_TEXTS } from './texts.js';

/** Evidence of accesses, exports, certificates, and the entries of the log. */
export function CaseProofs({ whole }: { readonly whole: WholeCase }): ReactNode {
  const say = useTexts(AUDIT_TEXTS);
  const who = namesIn(whole, say('engine'));
  return (
    <>
      <Proofs
        title={say('evidence')}
        empty={say('noEvidence')}
        rows={whole.evidence}
        keyOf={({ evidenceId }) => evidenceId}
        columns={[
          { title: say('when'), cell: ({ at }) => <Time at={at} isExact /> },
          { title: say('system'), cell: ({ system }) => system },
          { title: say('step'), cell: ({ step }) => step },
          { title: say('result'), cell: ({ result }) => result },
          { title: say('who'), cell: ({ doneBy }) => who(doneBy) },
          { title: say('hash'), cell: ({ hash }) => <Hash text={hash} /> },
        ]}
      />
      <Proofs
        title={say('exports')}
        empty={say('noExports')}
        rows={whole.exports}
        keyOf={({ exportId }) => exportId}
        columns={[
          { title: say('when'), cell: ({ cutOff }) => <Time at={cutOff} isExact /> },
          { title: say('state'), cell: ({ state }) => state },
          {
            title: say('size'),
            cell: ({ bytes }) => (bytes === null ? '–' : `${Math.ceil(bytes / 1024)} KiB`),
          },
          { title: say('manifest'), cell: (one) => <Hash text={one.manifestSha256} /> },
        ]}
      />
      <Proofs
        title={say('certificates')}
        empty={say('noCertificates')}
        rows={whole.certificates}
        keyOf={({ certificate }) => certificate.certificateId}
        columns={[
          {
            title: say('number'),
            cell: ({ certificate }) => say('certificate', { number: certificate.number }),
          },
          { title: say('ended'), cell: (one) => <Time at={one.certificate.endedAt} isExact /> },
          {
            title: say('signature'),
            cell: ({ isSound }) => (
              <Badge variant="default" color={isSound ? 'green' : 'red'} tt="none">
                {say(isSound ? 'signed' : 'unsigned')}
              </Badge>
            ),
          },
          { title: say('hash'), cell: ({ hash }) => <Hash text={hash} /> },
        ]}
      />
      <Proofs
        title={say('log')}
        empty={say('noActs')}
        rows={whole.acts}
        keyOf={({ number }) => String(number)}
        columns={[
          {
            title: say('number'),
            cell: ({ number }) => <span className="app-number">{number}</span>,
          },
          { title: say('when'), cell: ({ at }) => <Time at={at} isExact /> },
          { title: say('who'), cell: ({ actor }) => who(actor) },
          {
            title: say('what'),
            cell: ({ action, outcome, code }) => (
              <Text size="sm">
                {action}
                {outcome !== 'done' && ` · ${outcome} ${code ?? ''}`}
              </Text>
            ),
          },
          {
            title: say('why'),
            cell: ({ reason, isErased }) => (isErased ? say('gone') : (reason ?? '')),
          },
        ]}
      />
    </>
  );
}

function Proofs<Row>({
  title,
  empty,
  rows,
  ...table
}: {
  readonly title: string;
  readonly empty: string;
  readonly rows: readonly Row[];
  readonly columns: readonly ListColumn<Row>[];
  readonly keyOf: (row: Row) => string;
}): ReactNode {
  return (
    <Section title={title}>
      {rows.length === 0 ? (
        <Empty text={empty} />
      ) : (
        <RowsTable label={title} rows={rows} {...table} />
      )}
    </Section>
  );
}

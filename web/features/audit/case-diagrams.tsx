import { Button, Code, Group, Paper, Stack, Text } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { CaseDefinition, WholeCase } from '../../../contracts/cases.js';
import { useProcessNames } from '../../api/process-names.js';
import { Time } from '../../parts/time.js';
import { useTexts } from '../../texts/texts.js';
import { namesIn } from './people.js';
import { PinnedDiagram } from './pinned-diagram.js';
import { AUDIT_TEXTS } from './texts.js';

/** The packages that were run, with who deployed each, and the diagram on request. */
export function CaseDiagrams({ whole }: { readonly whole: WholeCase }): ReactNode {
  const say = useTexts(AUDIT_TEXTS);
  const called = useProcessNames();
  const who = namesIn(whole, say('engine'));
  const [open, show] = useState<string | null>(null);
  const instanceOf = ({ processId, version }: CaseDefinition): string =>
    whole.instances.find((one) => one.processId === processId && one.version === version)
      ?.instanceId ?? '';
  return (
    <Stack gap="sm">
      {whole.definitions.map((one) => {
        const key = `${one.processId}:${one.version}`;
        const name = called(one.processId, one.name);
        return (
          <Paper key={key} withBorder p="sm">
            <Group justify="space-between" align="flex-start">
              <div>
                <Text fw={600}>
                  {name}, {say('version', { version: one.version })}
                </Text>
                {one.deployedAt && (
                  <Text size="sm" c="dimmed">
                    {say('deployed')}: <Time at={one.deployedAt} isExact />
                    {one.deployedBy !== null && `, ${who(one.deployedBy)}`}
                  </Text>
                )}
                <Code style={{ overflowWrap: 'anywhere', whiteSpace: 'normal' }}>{one.hash}</Code>
              </div>
              <Button
                className="app-no-print"
                size="xs"
                variant="default"
                aria-expanded={open === key}
                onClick={() => show(open === key ? null : key)}
              >
                {say('showDiagram')}
              </Button>
            </Group>
            {open === key && (
              <PinnedDiagram
                caseId={whole.case.caseId}
                instanceId={instanceOf(one)}
                label={say('diagram', { name, version: one.version })}
              />
            )}
          </Paper>
        );
      })}
    </Stack>
  );
}

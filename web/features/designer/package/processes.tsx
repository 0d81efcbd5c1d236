import { Anchor, Button, Group, Stack, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import type { WholePackage } from '../../../../contracts/designer.js';
import { useDefinitions, useXml } from '../../../api/definitions.js';
import { Diagram } from '../../../parts/diagram/diagram.js';
import { Loaded } from '../../../parts/loaded.js';
import { useTexts } from '../../../texts/texts.js';
import { instancesAt, type Running } from './running.js';
import { PACKAGE_TEXTS } from './texts.js';

/** Processes of a package as they are published, each with its diagram and how many instances run. */
export function Processes({
  processes,
  running,
}: Pick<WholePackage['versions'][number], 'processes'> & {
  readonly running: readonly Running[];
}): ReactNode {
  const say = useTexts(PACKAGE_TEXTS);
  const definitions = useDefinitions();
  const [shown, setShown] = useState(mainOf(processes));
  return (
    <section aria-labelledby="processes">
      <Title order={2} size="h4" id="processes" mb="xs">
        {say('processes')}
      </Title>
      <Stack gap="sm">
        {processes.map(({ processId, version }) => {
          const found = definitions.data?.find(
            (one) => one.processDefinitionId === processId && one.version === version,
          );
          const name = found?.name ?? processId;
          const isShown = shown === processId;
          const count = running
            .filter((one) => one.processId === processId)
            .reduce((sum, one) => sum + one.count, 0);
          return (
            <div key={processId}>
              <Group gap="sm" mb={isShown ? 'xs' : 0}>
                <Text fw={600}>{name}</Text>
                <Anchor
                  component={Link}
                  size="sm"
                  to={instancesAt(processId) as never}
                  aria-label={`${say('instances', { count })}: ${say('seeInstances', { name })}`}
                >
                  {say('instances', { count })}
                </Anchor>
                <Button
                  size="compact-sm"
                  variant="subtle"
                  aria-expanded={isShown}
                  aria-label={`${say(isShown ? 'hideDiagram' : 'showDiagram')}: ${name}`}
                  onClick={() => setShown(isShown ? null : processId)}
                >
                  {say(isShown ? 'hideDiagram' : 'showDiagram')}
                </Button>
              </Group>
              {isShown && found && <Drawn definitionKey={found.processDefinitionKey} name={name} />}
            </div>
          );
        })}
      </Stack>
    </section>
  );
}

/** The one that a package is called after has the shortest id: those it calls are named after it. Class: pure. */
const mainOf = (processes: readonly { readonly processId: string }[]): string | null =>
  processes
    .map(({ processId }) => processId)
    .reduce<string | null>((a, b) => (a !== null && a.length <= b.length ? a : b), null);

function Drawn({
  definitionKey,
  name,
}: {
  readonly definitionKey: string;
  readonly name: string;
}): ReactNode {
  const say = useTexts(PACKAGE_TEXTS);
  const xml = useXml(definitionKey);
  const [selected, setSelected] = useState<string | null>(null);
  return (
    <Loaded query={xml}>
      {(text) => (
        <Diagram
          xml={text}
          label={say('diagram', { name })}
          selected={selected}
          onSelect={setSelected}
        />
      )}
    </Loaded>
  );
}

import { Modal, Select, Stack, Text } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { Loaded } from '../../../parts/loaded.js';
import { useTexts } from '../../../texts/texts.js';
import { useDefinitions, useXml, type WholeInstance } from '../instances-api.js';
import { Plan } from './plan.js';
import { MIGRATION_TEXTS } from './texts.js';

/** Lets an instance go on with another version: which, where everything goes, what comes of it, and why. */
export function MigrateDialog({
  instance,
  close,
}: {
  readonly instance: WholeInstance;
  readonly close: () => void;
}): ReactNode {
  const say = useTexts(MIGRATION_TEXTS);
  const { processDefinitionId, processDefinitionKey, version: from, latestVersion } = instance;
  const versions = (useDefinitions().data ?? []).filter(
    (one) => one.processDefinitionId === processDefinitionId && one.version !== from,
  );
  const [chosen, setChosen] = useState<string | null>(null);
  const target =
    versions.find(({ processDefinitionKey: key }) => key === chosen) ?? versions[0] ?? null;
  const before = useXml(processDefinitionKey);
  const after = useXml(target?.processDefinitionKey ?? null);
  return (
    <Modal
      opened
      onClose={close}
      closeButtonProps={{ 'aria-label': say('close') }}
      title={say('title')}
      size="xl"
    >
      <Stack>
        <Select
          label={say('to')}
          allowDeselect={false}
          data={versions.map(({ processDefinitionKey: value, version }) => ({
            value,
            label: version === latestVersion ? say('latest', { version }) : String(version),
          }))}
          value={target?.processDefinitionKey ?? null}
          onChange={setChosen}
        />
        {target && (
          <>
            <Text size="sm">{say('about', { from, to: target.version })}</Text>
            <Loaded query={before}>
              {(xmlBefore) => (
                <Loaded query={after}>
                  {(xmlAfter) => (
                    <Plan
                      key={target.processDefinitionKey}
                      {...{ instance, target, xmlBefore, xmlAfter, close }}
                    />
                  )}
                </Loaded>
              )}
            </Loaded>
          </>
        )}
      </Stack>
    </Modal>
  );
}

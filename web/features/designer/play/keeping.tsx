import { Button, Group, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useNotice } from '../../../parts/notices.js';
import { ProblemAlert } from '../../../parts/problem-alert.js';
import { useTexts } from '../../../texts/texts.js';
import { keepPlay, type Script } from '../api.js';
import type { Files } from '../saving.js';
import { DESIGNER_TEXTS } from '../texts.js';

/** Keeps a play as a scenario of the draft. */
export function Keeping({
  draftId,
  files,
  script,
}: {
  readonly draftId: string;
  readonly files: Files;
  readonly script: Script;
}): ReactNode {
  const say = useTexts(DESIGNER_TEXTS);
  const tell = useNotice();
  const [name, setName] = useState('');
  const keep = useMutation({
    mutationFn: () => {
      const word =
        name
          .toLowerCase()
          .replace(/[^a-z0-9]+/g, '-')
          .replace(/^-|-$/g, '') || 'play';
      return keepPlay(draftId, `scenarios/${word}.yaml`, name, script);
    },
    onSuccess: (file) => {
      files.took(file);
      tell('good', say('kept', { file: file.path }));
      setName('');
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        keep.mutate();
      }}
    >
      {keep.error && <ProblemAlert error={keep.error} />}
      <Group align="flex-end" gap="xs">
        <TextInput
          size="xs"
          label={say('keepName')}
          value={name}
          required
          maxLength={100}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
        />
        <Button size="xs" type="submit" variant="default" loading={keep.isPending}>
          {say('keep')}
        </Button>
      </Group>
    </form>
  );
}

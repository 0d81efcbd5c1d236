import { Button, FileInput, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { ProblemAlert } from '../../../parts/problem-alert.js';
import { useTexts } from '../../../texts/texts.js';
import { uploadNew } from '../api.js';
import { DESIGNER_TEXTS } from '../texts.js';

/** Begins a draft with the files of a ZIP: of a package that is new, or of one that is deployed. */
export function UploadNew({ close }: { readonly close: () => void }): ReactNode {
  const say = useTexts(DESIGNER_TEXTS);
  const navigate = useNavigate();
  const [zip, setZip] = useState<File | null>(null);
  const [key, setKey] = useState('');
  const upload = useMutation({
    mutationFn: (chosen: File) => uploadNew(chosen, key, ''),
    onSuccess: ({ draft }) =>
      navigate({ to: `/designer/${draft.packageKey}?draft=${draft.draftId}` as never }),
  });
  return (
    <Modal
      opened
      onClose={close}
      title={say('uploadPackage')}
      closeButtonProps={{ 'aria-label': say('close') }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (zip) upload.mutate(zip);
        }}
      >
        <Stack>
          {upload.error && <ProblemAlert error={upload.error} />}
          <FileInput
            label={say('zipFile')}
            description={say('zipFileAbout')}
            accept=".zip,application/zip"
            value={zip}
            onChange={setZip}
            required
          />
          <TextInput
            label={say('packageName')}
            description={say('packageNameAbout')}
            value={key}
            maxLength={100}
            pattern="[a-z][a-z0-9]*(-[a-z0-9]+)*"
            onChange={({ currentTarget }) => setKey(currentTarget.value)}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {say('cancel')}
            </Button>
            <Button type="submit" disabled={zip === null} loading={upload.isPending}>
              {say('upload')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

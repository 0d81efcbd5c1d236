import {
  Alert,
  Button,
  Checkbox,
  FileInput,
  Group,
  List,
  Modal,
  Stack,
  Text,
  TextInput,
} from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useNotice } from '../../../parts/notices.js';
import { ProblemAlert } from '../../../parts/problem-alert.js';
import { useTexts } from '../../../texts/texts.js';
import { readDraft, uploadInto } from '../api.js';
import type { Files } from '../saving.js';
import { DESIGNER_TEXTS } from '../texts.js';
import type { FileAct } from './file-tree.js';
import { exampleOf, type FileKind, filesOf, isNamed, nameFaultOf } from './kinds.js';
import { subjectOf } from './references.js';
import { danglingOf, renamingOf, stemOf } from './renaming.js';

interface Given {
  readonly draftId: string;
  readonly packageKey: string;
  readonly files: Files;
  readonly open: (path: string) => void;
  readonly close: () => void;
}

/** Adds, renames, deletes or takes in files; what else that changes is told before. */
export function FileDialog({ act, ...given }: Given & { readonly act: FileAct }): ReactNode {
  const say = useTexts(DESIGNER_TEXTS);
  const title = {
    add: () => say('addFile', { kind: act.act === 'add' ? say(`file_${act.kind}`) : '' }),
    rename: () => say('renameFile', { name: 'path' in act ? act.path : '' }),
    delete: () => say('deleteFile', { name: 'path' in act ? act.path : '' }),
    upload: () => say('uploadZip'),
  }[act.act]();
  return (
    <Modal
      opened
      onClose={given.close}
      title={title}
      closeButtonProps={{ 'aria-label': say('close') }}
    >
      {act.act === 'add' && <Adding kind={act.kind} {...given} />}
      {act.act === 'rename' && <Renaming path={act.path} {...given} />}
      {act.act === 'delete' && <Deleting path={act.path} {...given} />}
      {act.act === 'upload' && <Uploading {...given} />}
    </Modal>
  );
}

/** Changes files, says what was done, and opens one of them. */
function useChange({ files, open, close }: Given) {
  const tell = useNotice();
  return useMutation({
    mutationFn: async (change: {
      readonly changes: Readonly<Record<string, string | null>>;
      readonly opened: string | null;
      readonly done: string;
    }) => {
      await files.changeAll(change.changes);
      return change;
    },
    onSuccess: ({ opened, done }) => {
      if (opened !== null) open(opened);
      tell('good', done);
      close();
    },
  });
}

function Adding({ kind, ...given }: Given & { readonly kind: FileKind }): ReactNode {
  const say = useTexts(DESIGNER_TEXTS);
  const [name, setName] = useState(isNamed(kind) ? '' : exampleOf(kind));
  const change = useChange(given);
  const around = { packageKey: given.packageKey, texts: given.files.texts };
  const fault = nameFaultOf(kind, name, around);
  const made = fault === null ? Object.keys(filesOf(kind, name, around)) : [];
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (fault !== null) return;
        const [opened = null] = made;
        const done = say('fileAdded', { file: opened ?? name });
        change.mutate({ changes: filesOf(kind, name, around), opened, done });
      }}
    >
      <Stack>
        {change.error && <ProblemAlert error={change.error} />}
        {isNamed(kind) && (
          <TextInput
            label={say('fileName')}
            description={say('fileNameLike', { example: exampleOf(kind) })}
            value={name}
            required
            data-autofocus
            maxLength={60}
            error={name !== '' && fault !== null ? say(`nameFault_${fault}`) : undefined}
            onChange={({ currentTarget }) => setName(currentTarget.value)}
          />
        )}
        {!isNamed(kind) && fault === 'taken' && <Text>{say('nameFault_taken')}</Text>}
        {made.length > 0 && <Paths title={say('willChange')} paths={made} />}
        <Buttons close={given.close}>
          <Button type="submit" disabled={fault !== null} loading={change.isPending}>
            {say('add')}
          </Button>
        </Buttons>
      </Stack>
    </form>
  );
}

const STEM = /^[A-Za-z0-9_][\w-]*$/;

function Renaming({ path, ...given }: Given & { readonly path: string }): ReactNode {
  const say = useTexts(DESIGNER_TEXTS);
  const old = stemOf(path).stem;
  const [stem, setStem] = useState(old);
  const change = useChange(given);
  const isName = STEM.test(stem) && stem !== old;
  const made = isName ? renamingOf(path, stem, given.files.texts) : null;
  const fault = !STEM.test(stem) ? 'shape' : made?.isTaken ? 'taken' : null;
  const updates = made?.updates ?? [];
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (made === null || fault !== null) return;
        const to = made.moves[0]?.[1] ?? path;
        const count = updates.reduce((sum, one) => sum + one.count, 0);
        const done = say('renamed', { from: path, to, count });
        change.mutate({ changes: made.changes, opened: to, done });
      }}
    >
      <Stack>
        {change.error && <ProblemAlert error={change.error} />}
        <TextInput
          label={say('newName')}
          value={stem}
          required
          data-autofocus
          maxLength={60}
          error={fault === null ? undefined : say(`nameFault_${fault}`)}
          onChange={({ currentTarget }) => setStem(currentTarget.value)}
        />
        {made && (
          <Paths
            title={say('willChange')}
            paths={[
              ...made.moves.map(([from, to]) => `${from} → ${to}`),
              ...updates.map(({ path: at, count }) => say('namesIt', { file: at, count })),
            ]}
          />
        )}
        <Buttons close={given.close}>
          <Button type="submit" disabled={!isName || fault !== null} loading={change.isPending}>
            {say('rename')}
          </Button>
        </Buttons>
      </Stack>
    </form>
  );
}

function Deleting({ path, ...given }: Given & { readonly path: string }): ReactNode {
  const say = useTexts(DESIGNER_TEXTS);
  const change = useChange(given);
  const { texts } = given.files;
  const gone = [path, ...(subjectOf(path, texts)?.paths ?? [])];
  const dangling = danglingOf(path, texts);
  return (
    <Stack>
      {change.error && <ProblemAlert error={change.error} />}
      <Paths title={say('willGo')} paths={gone} />
      {dangling.length > 0 && (
        <Alert color="orange" title={say('wouldDangle')}>
          <List size="sm">
            {dangling.map(({ path: at, count }) => (
              <List.Item key={at}>{say('namesIt', { file: at, count })}</List.Item>
            ))}
          </List>
        </Alert>
      )}
      <Buttons close={given.close}>
        <Button
          color="red"
          loading={change.isPending}
          onClick={() => {
            const changes = Object.fromEntries(gone.map((one) => [one, null]));
            change.mutate({ changes, opened: null, done: say('fileDeleted', { file: path }) });
          }}
        >
          {say('delete')}
        </Button>
      </Buttons>
    </Stack>
  );
}

function Uploading({ draftId, files, close }: Given): ReactNode {
  const say = useTexts(DESIGNER_TEXTS);
  const tell = useNotice();
  const [zip, setZip] = useState<File | null>(null);
  const [isWhole, setWhole] = useState(false);
  const upload = useMutation({
    mutationFn: async (chosen: File) => {
      await files.settle();
      // What others saved since is in it as well: what comes is put over what is there now.
      const { draft } = await readDraft(draftId);
      return uploadInto(draftId, chosen, { version: draft.version, isWhole });
    },
    onSuccess: ({ files: rows, leftOut }) => {
      files.takeAll(rows);
      tell(
        'good',
        say('uploaded', { count: leftOut.length, names: leftOut.slice(0, 5).join(', ') }),
      );
      close();
    },
  });
  return (
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
        <Checkbox
          label={say('replaceAll')}
          checked={isWhole}
          onChange={({ currentTarget }) => setWhole(currentTarget.checked)}
        />
        <Buttons close={close}>
          <Button type="submit" disabled={zip === null} loading={upload.isPending}>
            {say('upload')}
          </Button>
        </Buttons>
      </Stack>
    </form>
  );
}

function Paths({
  title,
  paths,
}: {
  readonly title: string;
  readonly paths: readonly string[];
}): ReactNode {
  return (
    <div aria-live="polite">
      <Text size="sm" fw={600}>
        {title}
      </Text>
      <List size="sm">
        {paths.map((path) => (
          <List.Item key={path} className="designer-path">
            {path}
          </List.Item>
        ))}
      </List>
    </div>
  );
}

function Buttons({
  close,
  children,
}: {
  readonly close: () => void;
  readonly children: ReactNode;
}): ReactNode {
  const say = useTexts(DESIGNER_TEXTS);
  return (
    <Group justify="flex-end">
      <Button variant="default" onClick={close}>
        {say('cancel')}
      </Button>
      {children}
    </Group>
  );
}

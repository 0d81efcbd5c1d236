/** Files of a task: what is there, and a place to drop more or to choose them. */
import { Anchor, Button, FileButton, Group, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Paperclip } from 'lucide-react';
import { type DragEvent, type ReactNode, useRef, useState } from 'react';
import { ATTACHMENT_ENDS } from '../../../../contracts/attachments.js';
import type { AttachmentList, AttachmentOnWire } from '../../../../contracts/tasks.js';
import { usePerson } from '../../../api/session.js';
import { useWorks } from '../../../api/works.js';
import { Loaded } from '../../../parts/loaded.js';
import { useNotice } from '../../../parts/notices.js';
import { Time } from '../../../parts/time.js';
import { useLocale, useTexts } from '../../../texts/texts.js';
import type { ReadTask } from '../asking.js';
import { addressOf, filesOf } from './asking.js';
import { FILE_TEXTS } from './file-texts.js';
import { RemoveFile } from './remove-file.js';
import { sizeOf } from './size.js';
import { UnderwayLine } from './underway-line.js';
import { useUploads } from './use-uploads.js';

/** The section; of a task that is over the list alone. What is in files is for whoever works on tasks. */
export function TaskFiles({ whole: { task } }: { readonly whole: ReadTask }): ReactNode {
  const say = useTexts(FILE_TEXTS);
  const works = useWorks();
  const query = useQuery({ ...filesOf(task.taskKey), enabled: works });
  const isOpen = task.state === 'CREATED';
  if (!works) return null;
  return (
    <section aria-labelledby="files">
      <Title order={2} size="h4" id="files" mb="xs">
        {say('files')}
      </Title>
      <Loaded query={query}>
        {(held) => (
          <Stack gap="xs">
            {held.items.length === 0 && !isOpen && <Text c="dimmed">{say('none')}</Text>}
            <ul className="inbox-files">
              {held.items.map((one) => (
                <FileLine key={one.attachmentId} one={one} taskKey={task.taskKey} isOpen={isOpen} />
              ))}
            </ul>
            {isOpen && <Attach taskKey={task.taskKey} held={held} />}
          </Stack>
        )}
      </Loaded>
    </section>
  );
}

function FileLine({
  one,
  taskKey,
  isOpen,
}: {
  readonly one: AttachmentOnWire;
  readonly taskKey: string;
  readonly isOpen: boolean;
}): ReactNode {
  const say = useTexts(FILE_TEXTS);
  const locale = useLocale();
  const { loginName, roles } = usePerson();
  const [isAsking, setAsking] = useState(false);
  const isOwn = isOpen && one.attachedBy === loginName;
  return (
    <li>
      <Group justify="space-between" gap="xs" wrap="nowrap" align="flex-start">
        <div className="inbox-file">
          <Anchor href={addressOf(taskKey, one.attachmentId)} download={one.name}>
            {one.name}
          </Anchor>
          <Text size="sm" c="dimmed">
            {sizeOf(one.bytes, locale)} · {one.attachedBy} · <Time at={one.attachedAt} />
          </Text>
        </div>
        {(isOwn || roles.includes('admin')) && (
          <Button
            size="compact-sm"
            variant="subtle"
            color="red"
            aria-label={say('removeIt', { name: one.name })}
            onClick={() => setAsking(true)}
          >
            {say('remove')}
          </Button>
        )}
      </Group>
      {isAsking && (
        <RemoveFile
          one={one}
          taskKey={taskKey}
          needsReason={!isOwn}
          close={() => setAsking(false)}
        />
      )}
    </li>
  );
}

function Attach({
  taskKey,
  held,
}: {
  readonly taskKey: string;
  readonly held: AttachmentList;
}): ReactNode {
  const say = useTexts(FILE_TEXTS);
  const locale = useLocale();
  const tell = useNotice();
  const [isOver, setOver] = useState(false);
  const clear = useRef<() => void>(null);
  const { underway, send, drop } = useUploads(taskKey, ({ name }) =>
    tell('good', say('attached', { name })),
  );
  const limits = { most: held.most, size: sizeOf(held.mostBytes, locale) };
  const dropped = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    send([...event.dataTransfer.files]);
  };
  return (
    // Keys and screen readers have the button: dropping is for whoever points.
    <Stack
      gap="xs"
      className="inbox-drop"
      data-over={isOver || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={dropped}
    >
      {underway.map((one) => (
        <UnderwayLine key={one.id} one={one} limits={limits} drop={() => drop(one.id)} />
      ))}
      <Group gap="xs">
        <FileButton
          multiple
          accept={ATTACHMENT_ENDS}
          resetRef={clear}
          onChange={(files) => {
            send(files);
            clear.current?.();
          }}
        >
          {(props) => (
            <Button
              {...props}
              size="xs"
              variant="default"
              leftSection={<Paperclip size={14} aria-hidden />}
              disabled={held.items.length >= held.most}
            >
              {say('choose')}
            </Button>
          )}
        </FileButton>
        <Text size="sm" c="dimmed">
          {held.items.length >= held.most ? say('full', limits) : say('about', limits)}
        </Text>
      </Group>
    </Stack>
  );
}

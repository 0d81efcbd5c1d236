import { ActionIcon, Button, Group, Menu, NavLink, ScrollArea, Text } from '@mantine/core';
import {
  Ellipsis,
  FileArchive,
  FileDown,
  FileText,
  GitFork,
  Mail,
  Pencil,
  Plus,
  Table2,
  TextCursorInput,
  Trash2,
} from 'lucide-react';
import { type KeyboardEvent, lazy, type ReactNode, Suspense, useState } from 'react';
import { useTexts } from '../../../texts/texts.js';
import { archiveOf } from '../api.js';
import type { Files } from '../saving.js';
import { DESIGNER_TEXTS } from '../texts.js';
import { FILE_KINDS, type FileKind } from './kinds.js';

const FileDialog = lazy(async () => {
  const { FileDialog: default_ } = await import('./file-dialog.js');
  return { default: default_ };
});

/** What somebody does with files. */
export type FileAct =
  | { readonly act: 'add'; readonly kind: FileKind }
  | { readonly act: 'rename' | 'delete'; readonly path: string }
  | { readonly act: 'upload' };

/** The files of a draft by folder; with what is done to them unless they are only read. */
export function FileTree({
  draftId,
  packageKey,
  files,
  path,
  isReadOnly,
  open,
}: {
  readonly draftId: string;
  readonly packageKey: string;
  readonly files: Files;
  /** Of the file that is open. */
  readonly path: string;
  readonly isReadOnly: boolean;
  readonly open: (path: string) => void;
}): ReactNode {
  const say = useTexts(DESIGNER_TEXTS);
  const [act, setAct] = useState<FileAct | null>(null);
  const press = (event: KeyboardEvent, one: string): void => {
    const asked = ({ F2: 'rename', Delete: 'delete' } as const)[event.key];
    if (asked === undefined || isReadOnly) return;
    event.preventDefault();
    setAct({ act: asked, path: one });
  };
  return (
    <nav className="designer-files" aria-label={say('files')}>
      <Tools
        {...{ draftId, files, path, isReadOnly }}
        begin={setAct}
        name={path.replace(/^.*\//, '')}
      />
      <ScrollArea.Autosize mah="100%">
        {treeOf(Object.keys(files.texts)).map(({ folder, paths }) => (
          <div key={folder}>
            {folder !== '' && (
              <Text size="xs" c="dimmed" fw={600} mt="xs" px="xs">
                {folder}
              </Text>
            )}
            {paths.map((one) => (
              <NavLink
                key={one}
                component="button"
                label={one.slice(folder === '' ? 0 : folder.length + 1)}
                leftSection={<FileIcon path={one} />}
                active={one === path}
                aria-current={one === path ? 'page' : undefined}
                aria-keyshortcuts={isReadOnly ? undefined : 'F2 Delete'}
                onClick={() => open(one)}
                onKeyDown={(event) => press(event, one)}
                px="xs"
                py={4}
              />
            ))}
          </div>
        ))}
      </ScrollArea.Autosize>
      {act && (
        <Suspense fallback={null}>
          <FileDialog {...{ act, draftId, packageKey, files, open }} close={() => setAct(null)} />
        </Suspense>
      )}
    </nav>
  );
}

function Tools({
  draftId,
  files,
  path,
  name,
  isReadOnly,
  begin,
}: {
  readonly draftId: string;
  readonly files: Files;
  readonly path: string;
  readonly name: string;
  readonly isReadOnly: boolean;
  readonly begin: (act: FileAct) => void;
}): ReactNode {
  const say = useTexts(DESIGNER_TEXTS);
  const isThere = Object.hasOwn(files.texts, path);
  return (
    <Group gap={4} wrap="nowrap" mb={4}>
      {!isReadOnly && (
        <Menu>
          <Menu.Target>
            <Button
              size="compact-sm"
              variant="default"
              leftSection={<Plus size={14} aria-hidden />}
            >
              {say('add')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {FILE_KINDS.map((kind) => (
              <Menu.Item key={kind} onClick={() => begin({ act: 'add', kind })}>
                {say(`file_${kind}`)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
      <Menu>
        <Menu.Target>
          <ActionIcon size="md" variant="default" aria-label={say('fileActs')}>
            <Ellipsis size={16} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {!isReadOnly && isThere && (
            <>
              <Menu.Item
                leftSection={<Pencil size={14} aria-hidden />}
                rightSection={<Text size="xs">F2</Text>}
                onClick={() => begin({ act: 'rename', path })}
              >
                {say('renameFile', { name })}
              </Menu.Item>
              <Menu.Item
                leftSection={<Trash2 size={14} aria-hidden />}
                onClick={() => begin({ act: 'delete', path })}
              >
                {say('deleteFile', { name })}
              </Menu.Item>
              <Menu.Divider />
            </>
          )}
          <Menu.Item
            leftSection={<FileDown size={14} aria-hidden />}
            onClick={() =>
              void files.settle().then(() => window.location.assign(archiveOf(draftId)))
            }
          >
            {say('downloadZip')}
          </Menu.Item>
          {!isReadOnly && (
            <Menu.Item
              leftSection={<FileArchive size={14} aria-hidden />}
              onClick={() => begin({ act: 'upload' })}
            >
              {say('uploadZip')}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
    </Group>
  );
}

function FileIcon({ path }: { readonly path: string }): ReactNode {
  const Icon = path.endsWith('.bpmn')
    ? GitFork
    : path.endsWith('.dmn')
      ? Table2
      : path.endsWith('.form')
        ? TextCursorInput
        : path.endsWith('.liquid')
          ? Mail
          : FileText;
  return <Icon size={14} aria-hidden />;
}

interface Folder {
  readonly folder: string;
  readonly paths: readonly string[];
}

/** Files by folder, those without one first. Class: pure. */
function treeOf(paths: readonly string[]): readonly Folder[] {
  const folders = new Map<string, string[]>();
  for (const path of [...paths].sort()) {
    const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
    folders.set(folder, [...(folders.get(folder) ?? []), path]);
  }
  return [...folders]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([folder, inside]) => ({ folder, paths: inside }));
}

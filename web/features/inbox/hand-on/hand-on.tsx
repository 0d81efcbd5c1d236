/** What else is done to a task: given to somebody, delegated, other dates. By the menu or by a key. */
import { Button, Menu } from '@mantine/core';
import { ChevronDown } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { usePerson } from '../../../api/session.js';
import { useWorks } from '../../../api/works.js';
import { useKeys } from '../../../app/keys.js';
import { useTexts } from '../../../texts/texts.js';
import type { ReadTask } from '../asking.js';
import { TASK_TEXTS } from '../task-texts.js';
import { DatesDialog } from './dates-dialog.js';
import { GiveDialog } from './give-dialog.js';

type Dialog = 'assign' | 'delegate' | 'dates';

/** The menu; nothing of a task that is over, or for whoever only reads. */
export function HandOn({ whole }: { readonly whole: ReadTask }): ReactNode {
  const say = useTexts(TASK_TEXTS);
  const { loginName } = usePerson();
  const works = useWorks();
  const [shown, setShown] = useState<Dialog | null>(null);
  const { task } = whole;
  const isOpen = works && task.state === 'CREATED';
  // Whoever got it this way returns it first.
  const mayDelegate = task.assignee === loginName && task.owner === null;
  const acts = [
    { keys: 'a', text: say('assign'), act: () => setShown('assign'), isThere: true },
    { keys: 'd', text: say('delegate'), act: () => setShown('delegate'), isThere: mayDelegate },
    { keys: 'e', text: say('dates'), act: () => setShown('dates'), isThere: true },
  ].filter(({ isThere }) => isOpen && isThere);
  useKeys(say('moreActs'), acts);
  if (!isOpen) return null;
  const close = (): void => setShown(null);
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default" size="xs" rightSection={<ChevronDown size={14} aria-hidden />}>
            {say('moreActs')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {acts.map(({ keys, text, act }) => (
            <Menu.Item key={keys} onClick={act} rightSection={<kbd>{keys}</kbd>}>
              {text}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {(shown === 'assign' || shown === 'delegate') && (
        <GiveDialog whole={whole} isDelegation={shown === 'delegate'} close={close} />
      )}
      {shown === 'dates' && <DatesDialog whole={whole} close={close} />}
    </>
  );
}

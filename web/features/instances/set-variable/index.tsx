import { Button } from '@mantine/core';
import { Pencil } from 'lucide-react';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { usePerson } from '../../../api/session.js';
import { useTexts } from '../../../texts/texts.js';
import type { WholeInstance } from '../instances-api.js';
import { SET_VARIABLE_TEXTS } from './texts.js';

const SetVariableDialog = lazy(async () => ({
  default: (await import('./dialog.js')).SetVariableDialog,
}));

/** The way to set a variable, for whoever may, as long as the instance has not ended. */
export function SetVariable({ instance }: { readonly instance: WholeInstance }): ReactNode {
  const say = useTexts(SET_VARIABLE_TEXTS);
  const { roles } = usePerson();
  const [isOpen, setOpen] = useState(false);
  if (!roles.includes('admin') || instance.endedAt !== null) return null;
  return (
    <>
      <Button
        variant="default"
        size="xs"
        mb="sm"
        leftSection={<Pencil size={14} aria-hidden />}
        onClick={() => setOpen(true)}
      >
        {say('open')}
      </Button>
      {isOpen && (
        <Suspense fallback={null}>
          <SetVariableDialog instance={instance} close={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}

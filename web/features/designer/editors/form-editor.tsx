import '@bpmn-io/form-js/dist/assets/form-js.css';
import '@bpmn-io/form-js/dist/assets/form-js-editor.css';
import '@bpmn-io/form-js/dist/assets/properties-panel.css';
import { FormEditor as Editor } from '@bpmn-io/form-js';
import { Alert } from '@mantine/core';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { EditorProps } from '../draft-page.js';

/** A form, as people will see it. */
export function FormEditor({ text, isReadOnly, onChange }: EditorProps): ReactNode {
  const place = useRef<HTMLDivElement>(null);
  const [fault, setFault] = useState<string | null>(null);
  const first = useRef({ text, onChange });
  first.current.onChange = onChange;
  useEffect(() => {
    const made = new Editor({ container: place.current });
    const open = async (): Promise<void> => {
      await made.importSchema(JSON.parse(first.current.text));
      made.on('commandStack.changed', () => {
        first.current.onChange(`${JSON.stringify(made.getSchema(), null, 2)}\n`);
      });
    };
    let isOver = false;
    void open().catch((error: unknown) => {
      if (!isOver) setFault(error instanceof Error ? error.message : String(error));
    });
    return () => {
      isOver = true;
      made.destroy();
    };
  }, []);
  return (
    <>
      {fault && <Alert color="red">{fault}</Alert>}
      <div ref={place} className="designer-form" inert={isReadOnly} />
    </>
  );
}

import 'dmn-js/dist/assets/diagram-js.css';
import 'dmn-js/dist/assets/dmn-font/css/dmn-embedded.css';
import 'dmn-js/dist/assets/dmn-js-shared.css';
import 'dmn-js/dist/assets/dmn-js-drd.css';
import 'dmn-js/dist/assets/dmn-js-decision-table.css';
import 'dmn-js/dist/assets/dmn-js-decision-table-controls.css';
import 'dmn-js/dist/assets/dmn-js-literal-expression.css';
import 'dmn-js/dist/assets/dmn-js-boxed-expression.css';
import 'dmn-js/dist/assets/dmn-js-boxed-expression-controls.css';
import { Alert } from '@mantine/core';
import DmnModeler from 'dmn-js/lib/Modeler';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { EditorProps } from '../draft-page.js';
import { decisionOf, showCell } from './decision-place.js';

interface View {
  readonly type: string;
  readonly id: string;
}
interface Modeler {
  readonly importXML: (xml: string, options?: object) => Promise<unknown>;
  readonly saveXML: (options: { readonly format: boolean }) => Promise<{ readonly xml?: string }>;
  readonly getViews: () => readonly View[];
  readonly open: (view: View) => Promise<unknown>;
  readonly getActiveView: () => View | undefined;
  readonly getActiveViewer: () => {
    readonly on: (name: string, hear: () => void) => void;
  };
  readonly on: (name: string, hear: () => void) => void;
  readonly destroy: () => void;
}

const SOON_MS = 250;

/** A decision: its table first. */
export function DecisionEditor({ text, isReadOnly, onChange, focus }: EditorProps): ReactNode {
  const place = useRef<HTMLDivElement>(null);
  const [fault, setFault] = useState<string | null>(null);
  const [modeler, setModeler] = useState<Modeler | null>(null);
  const first = useRef({ text, onChange });
  first.current.onChange = onChange;
  useEffect(() => {
    const made = new DmnModeler({ container: place.current }) as Modeler;
    const heard = new WeakSet<object>();
    let timer: number | null = null;
    const tell = async (): Promise<void> => {
      timer = null;
      const { xml } = await made.saveXML({ format: true });
      if (xml) first.current.onChange(xml);
    };
    const listen = (): void => {
      const viewer = made.getActiveViewer();
      if (!viewer || heard.has(viewer)) return;
      heard.add(viewer);
      viewer.on('commandStack.changed', () => {
        if (timer !== null) window.clearTimeout(timer);
        timer = window.setTimeout(() => void tell(), SOON_MS);
      });
    };
    made.on('views.changed', listen);
    const open = async (): Promise<void> => {
      await made.importXML(first.current.text);
      const views = made.getViews();
      const table = views.filter(({ type }) => type === 'decisionTable');
      // Several tables belong together: then their diagram comes first.
      if (table[0] && table.length === 1) await made.open(table[0]);
      listen();
      if (!isOver) setModeler(made);
    };
    let isOver = false;
    void open().catch((error: unknown) => {
      if (!isOver) setFault(error instanceof Error ? error.message : String(error));
    });
    return () => {
      isOver = true;
      if (timer !== null) {
        window.clearTimeout(timer);
        void tell().finally(() => made.destroy());
      } else made.destroy();
    };
  }, []);
  const turn = focus?.turn ?? 0;
  const elementId = focus?.elementId ?? null;
  useEffect(() => {
    if (modeler === null || turn === 0 || elementId === null || place.current === null) return;
    void show(modeler, place.current, elementId);
  }, [modeler, elementId, turn]);
  return (
    <>
      {fault && <Alert color="red">{fault}</Alert>}
      <div ref={place} className="designer-decision" inert={isReadOnly} />
    </>
  );
}

/** Opens the table that holds an element, and marks it there. */
async function show(modeler: Modeler, place: HTMLElement, elementId: string): Promise<void> {
  const { xml = '' } = await modeler.saveXML({ format: false });
  const decision = decisionOf(xml, elementId);
  const view = modeler.getViews().find(({ id }) => id === decision);
  if (view && modeler.getActiveView()?.id !== decision) await modeler.open(view);
  // The table draws itself after it is opened.
  window.requestAnimationFrame(() => showCell(place, elementId));
}

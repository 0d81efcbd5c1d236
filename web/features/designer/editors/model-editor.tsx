import 'bpmn-js/dist/assets/diagram-js.css';
import 'bpmn-js/dist/assets/bpmn-js.css';
import 'bpmn-js/dist/assets/bpmn-font/css/bpmn-embedded.css';
import '@bpmn-io/properties-panel/dist/assets/properties-panel.css';
import 'bpmn-js-element-templates/dist/assets/element-templates.css';
import 'diagram-js-minimap/assets/diagram-js-minimap.css';
import { ActionIcon, Alert } from '@mantine/core';
import BpmnModeler from 'bpmn-js/lib/Modeler.js';
import {
  CreateAppendAnythingModule,
  CreateAppendElementTemplatesModule,
} from 'bpmn-js-create-append-anything';
import { CloudElementTemplatesPropertiesProviderModule } from 'bpmn-js-element-templates';
import {
  BpmnPropertiesPanelModule,
  BpmnPropertiesProviderModule,
  ZeebePropertiesProviderModule,
} from 'bpmn-js-properties-panel';
import behaviors from 'camunda-bpmn-js-behaviors/lib/camunda-cloud';
import minimap from 'diagram-js-minimap';
import { List } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import zeebe from 'zeebe-bpmn-moddle/resources/zeebe.json' with { type: 'json' };
import { useLocale, useTexts } from '../../../texts/texts.js';
import type { EditorProps, Painting } from '../draft-page.js';
import { type FeelWords, feelWords } from '../feel/completions.js';
import { feelModule } from '../feel/feel-module.js';
import { FEEL_TEXTS } from '../feel/feel-texts.js';
import { TryOut } from '../feel/try-out.js';
import { Unread } from '../templates/unread.js';
import { useTemplates } from '../templates/use-templates.js';
import { DESIGNER_TEXTS } from '../texts.js';
import { TimerEditor } from '../timers/timer-editor.js';
import { type Moddle, zoneOf } from '../timers/timer-model.js';
import { createTimerPlaces, type TimerPlaces } from '../timers/timer-place.js';
import { ModelOutline } from './model-outline.js';
import { translateModule } from './translate.js';

interface Service {
  readonly [name: string]: (...given: readonly unknown[]) => never;
}
interface Modeler {
  readonly importXML: (xml: string) => Promise<{ readonly warnings: readonly unknown[] }>;
  readonly saveXML: (options: { readonly format: boolean }) => Promise<{ readonly xml?: string }>;
  readonly get: (name: string) => Service;
  readonly on: (name: string, hear: () => void) => void;
  readonly off: (name: string, hear: () => void) => void;
  readonly destroy: () => void;
}

/** How long after a change the text is made: a model of this size takes some time to write. */
const SOON_MS = 250;

/** A model, drawn. */
export function ModelEditor({
  text,
  isReadOnly,
  onChange,
  painting,
  focus,
  files,
  isTechnical,
  showTechnical,
}: EditorProps): ReactNode {
  const canvas = useRef<HTMLDivElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  const [modeler, setModeler] = useState<Modeler | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const locale = useLocale();
  const [places] = useState(createTimerPlaces);
  const sayOfFeel = useTexts(FEEL_TEXTS);
  const first = useRef({ text, onChange, files, say: sayOfFeel });
  first.current = { ...first.current, onChange, files, say: sayOfFeel };

  useEffect(() => {
    const words = feelWords(() => first.current.files, {
      locale,
      writtenIn: (where) => first.current.say('writtenIn', { places: where }),
      declared: first.current.say('declared'),
    });
    const made = create({
      container: canvas.current,
      parent: panel.current,
      locale,
      places,
      words,
    });
    let isOver = false;
    let timer: number | null = null;
    const tell = async (): Promise<void> => {
      timer = null;
      const { xml } = await made.saveXML({ format: true });
      if (xml) first.current.onChange(xml);
    };
    void made
      .importXML(first.current.text)
      .then(() => {
        if (isOver) return;
        made.get('canvas').zoom?.('fit-viewport', 'auto');
        setModeler(made);
        made.on('commandStack.changed', () => {
          if (timer !== null) window.clearTimeout(timer);
          timer = window.setTimeout(() => void tell(), SOON_MS);
        });
      })
      .catch((error: unknown) => {
        if (!isOver) setFault(error instanceof Error ? error.message : String(error));
      });
    return () => {
      isOver = true;
      if (timer !== null) {
        window.clearTimeout(timer);
        void tell().finally(() => made.destroy());
      } else made.destroy();
    };
  }, [locale, places]);

  const unread = useTemplates(modeler, files);
  useEffect(() => (modeler ? paintOn(modeler, painting) : undefined), [modeler, painting]);
  useEffect(() => {
    if (modeler && focus?.elementId) select(modeler, focus.elementId);
  }, [modeler, focus]);

  const openProperties = (): void => {
    showTechnical();
    // The panel is shown with the next drawing, and draws itself a moment later.
    window.setTimeout(() => focusOnFirst(panel.current), SOON_MS);
  };

  return (
    <div className="designer-model" data-read-only={isReadOnly || undefined}>
      {fault && <Alert color="red">{fault}</Alert>}
      {isTechnical && <Unread problems={unread} />}
      {modeler && (
        <Beside modeler={modeler} isReadOnly={isReadOnly} openProperties={openProperties} />
      )}
      <div ref={canvas} className="designer-canvas" />
      <div className="designer-side" hidden={!isTechnical}>
        <div ref={panel} className="designer-panel" inert={isReadOnly} />
        {modeler && <TryOut panel={panel.current} files={files} zone={() => zoneIn(modeler)} />}
      </div>
      {modeler && <TimerEditor {...{ modeler, places, files }} />}
    </div>
  );
}

/** The zone of the process of what is selected; of a collaboration nobody can say. */
function zoneIn(modeler: Modeler): string {
  const [first] = (modeler.get('selection').get?.() ?? []) as readonly {
    readonly businessObject?: Moddle;
  }[];
  return first?.businessObject ? zoneOf(first.businessObject) : 'UTC';
}

/** The steps of the model, which are opened and closed. */
function Beside(props: Parameters<typeof ModelOutline>[0]): ReactNode {
  const say = useTexts(DESIGNER_TEXTS);
  const [isOpen, setOpen] = useState(false);
  return (
    <section className="designer-steps" data-open={isOpen || undefined} aria-label={say('steps')}>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={say('steps')}
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        <List size={18} aria-hidden />
      </ActionIcon>
      {isOpen && <ModelOutline {...props} />}
    </section>
  );
}

/** The general part of the panel, which has the name, may be folded. */
function focusOnFirst(panel: HTMLElement | null): void {
  const fields = 'input, select, textarea, [contenteditable=true], button';
  const first = [...(panel?.querySelectorAll<HTMLElement>(fields) ?? [])].find(
    (one) => one.offsetParent !== null,
  );
  first?.focus();
}

function create({
  container,
  parent,
  locale,
  places,
  words,
}: {
  readonly container: HTMLElement | null;
  readonly parent: HTMLElement | null;
  readonly locale: string;
  readonly places: TimerPlaces;
  readonly words: FeelWords;
}): Modeler {
  const Made = BpmnModeler as unknown as new (options: object) => Modeler;
  return new Made({
    container: container as HTMLElement,
    propertiesPanel: { parent },
    additionalModules: [
      ...[BpmnPropertiesPanelModule, BpmnPropertiesProviderModule, ZeebePropertiesProviderModule],
      ...[CloudElementTemplatesPropertiesProviderModule, CreateAppendAnythingModule],
      ...[CreateAppendElementTemplatesModule, behaviors, minimap, translateModule(locale)],
      ...[places.module, feelModule(words)],
    ],
    moddleExtensions: { zeebe },
  });
}

function select(modeler: Modeler, elementId: string): void {
  const element = modeler.get('elementRegistry').get?.(elementId) as unknown;
  if (!element) return;
  modeler.get('selection').select?.(element);
  modeler.get('canvas').scrollToElement?.(element);
}

const MARKS = ['designer-reached', 'designer-missed', 'designer-token'] as const;

/** Marks what was reached, and puts the tokens on. @returns takes it off again */
function paintOn(modeler: Modeler, painting: Painting | null): (() => void) | undefined {
  if (!painting) return undefined;
  const canvas = modeler.get('canvas');
  const overlays = modeler.get('overlays');
  const all = (modeler.get('elementRegistry').getAll?.() ?? []) as readonly {
    readonly id: string;
  }[];
  const marked: string[] = [];
  const mark = (id: string, name: (typeof MARKS)[number]): void => {
    canvas.addMarker?.(id, name);
    marked.push(id);
  };
  for (const { id } of all) {
    if (painting.reached.has(id)) mark(id, 'designer-reached');
    else if (painting.elements?.has(id)) mark(id, 'designer-missed');
    const count = painting.tokens[id];
    if (count === undefined) continue;
    mark(id, 'designer-token');
    const html = document.createElement('span');
    html.className = 'designer-token-count';
    html.textContent = String(count);
    overlays.add?.(id, 'designer', { position: { top: -12, right: 12 }, html });
  }
  return () => {
    overlays.remove?.({ type: 'designer' });
    for (const id of marked) for (const name of MARKS) canvas.removeMarker?.(id, name);
  };
}

/** A diagram with where things stand, drawn by bpmn.io's viewer, which is loaded where a diagram is shown alone. */
import { Center, Loader } from '@mantine/core';
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { ProblemAlert } from '../problem-alert.js';
import { Beside } from './beside.js';
import { centreOn } from './drawn.js';
import type { SharedView, ViewBox } from './shared-view.js';
import './diagram.css';

/** What stands at an element. */
export interface Standing {
  readonly active: number;
  readonly incidents: number;
  readonly done: number;
}

/** How much of something was at an element, with the number itself. */
export interface Heat {
  readonly text: string;
  /** Of the most there is, from 0 to 1. */
  readonly share: number;
}

/** How an element differs from that of another diagram. */
export interface Difference {
  readonly kind: 'added' | 'removed' | 'changed' | 'moved';
  /** Sign and word, which stand beside it. */
  readonly text: string;
}

interface Canvas {
  readonly viewbox: (box?: ViewBox) => ViewBox;
  readonly zoom: (how?: 'fit-viewport' | number, centre?: 'auto') => number;
  readonly addMarker: (id: string, name: string) => void;
  readonly removeMarker: (id: string, name: string) => void;
}
interface Overlays {
  readonly add: (id: string, type: string, what: object) => void;
  readonly remove: (what: { readonly type: string }) => void;
}
interface Registry {
  readonly get: (id: string) => { readonly parent?: object | null } | undefined;
}
interface Viewer {
  readonly importXML: (xml: string) => Promise<unknown>;
  readonly get: (name: string) => unknown;
  readonly on: (name: string, hear: (event: { readonly element: Clicked }) => void) => void;
  readonly off: (name: string, hear: () => void) => void;
  readonly destroy: () => void;
}
interface Clicked {
  readonly id: string;
  readonly type: string;
}

const MARKS = ['app-mark-active', 'app-mark-done', 'app-mark-incident'] as const;

const NOTHING: ReadonlyMap<string, Standing> = new Map();
const NO_HEAT: ReadonlyMap<string, Heat> = new Map();
const NO_DIFFERENCES: ReadonlyMap<string, Difference> = new Map();

/** Draws it. `onSelect` hears of elements that are clicked; by keys they are reached in the outline beside it. */
export function Diagram({
  xml,
  label,
  standing = NOTHING,
  heat = NO_HEAT,
  differences = NO_DIFFERENCES,
  view,
  selected,
  turn = 0,
  onSelect,
  hasOutline = true,
}: {
  readonly xml: string;
  readonly label: string;
  readonly standing?: ReadonlyMap<string, Standing>;
  /** Instead of where things stand. */
  readonly heat?: ReadonlyMap<string, Heat>;
  readonly differences?: ReadonlyMap<string, Difference>;
  /** Of diagrams that are panned and zoomed together, and brought to what is selected. */
  readonly view?: SharedView;
  readonly selected: string | null;
  /** Grows each time when something is selected, so that the same is brought to the middle again. */
  readonly turn?: number;
  readonly onSelect: (elementId: string) => void;
  /** False: the page has the steps of the diagram elsewhere. */
  readonly hasOutline?: boolean;
}): ReactNode {
  const known = useMemo(() => ({ standing, heat, differences }), [standing, heat, differences]);
  const place = useRef<HTMLDivElement>(null);
  const [drawn, setDrawn] = useState<{ readonly viewer: Viewer; readonly of: string } | null>(null);
  // That of another model is on its way out: nothing can be marked in it any more.
  const viewer = drawn?.of === xml ? drawn.viewer : null;
  const [fault, setFault] = useState<unknown>(null);
  const hear = useRef(onSelect);
  hear.current = onSelect;
  useEffect(() => {
    let made: Viewer | null = null;
    let isOver = false;
    void draw(place.current, xml, (id) => hear.current(id)).then(
      (done) => {
        if (isOver) done?.destroy();
        else {
          made = done;
          setDrawn(done && { viewer: done, of: xml });
        }
      },
      (error: unknown) => setFault(error),
    );
    return () => {
      isOver = true;
      made?.destroy();
      setDrawn(null);
    };
  }, [xml]);
  useEffect(() => (viewer ? mark(viewer, standing) : undefined), [viewer, standing]);
  useEffect(() => (viewer ? warm(viewer, heat) : undefined), [viewer, heat]);
  useEffect(
    () => (viewer ? tellDifferences(viewer, differences) : undefined),
    [viewer, differences],
  );
  useEffect(() => (viewer && view ? joinView(viewer, view) : undefined), [viewer, view]);
  useEffect(() => {
    if (!viewer || selected === null || !isThere(viewer, selected)) return;
    const canvas = viewer.get('canvas') as Canvas;
    canvas.addMarker(selected, 'app-mark-selected');
    return () => canvas.removeMarker(selected, 'app-mark-selected');
  }, [viewer, selected]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a turn brings the same element to the middle again.
  useEffect(() => {
    if (viewer && view && selected !== null) centreOn(viewer, selected);
  }, [viewer, selected, turn, view]);
  if (fault) return <ProblemAlert error={fault} />;
  return (
    <div>
      <section className="app-paper" aria-label={label}>
        <div className="app-canvas" ref={place} />
        {viewer === null && (
          <Center h="100%">
            <Loader />
          </Center>
        )}
      </section>
      {viewer && <Beside drawing={viewer} {...{ known, selected, onSelect, hasOutline }} />}
    </div>
  );
}

async function draw(
  container: HTMLElement | null,
  xml: string,
  onSelect: (id: string) => void,
): Promise<Viewer | null> {
  const [module] = await Promise.all([
    import('bpmn-js/lib/NavigatedViewer.js'),
    import('bpmn-js/dist/assets/diagram-js.css'),
    import('bpmn-js/dist/assets/bpmn-js.css'),
  ]);
  if (!container) return null;
  // Its types are told as of CommonJS, its code is not.
  const { default: NavigatedViewer } = module as unknown as {
    readonly default: new (options: object) => Viewer;
  };
  // Tells at once that it moved, so that those that share its view do not lag behind.
  const viewer = new NavigatedViewer({ container, canvas: { deferUpdate: false } });
  await viewer.importXML(xml);
  const canvas = viewer.get('canvas') as Canvas;
  // A little less than the whole place: badges stand out over the edges of elements.
  canvas.zoom(canvas.zoom('fit-viewport', 'auto') * 0.92, 'auto');
  viewer.on('element.click', ({ element }) => {
    if (!/Process|Collaboration|SequenceFlow|Participant/.test(element.type)) onSelect(element.id);
  });
  return viewer;
}

const isThere = (viewer: Viewer, id: string): boolean =>
  (viewer.get('elementRegistry') as Registry).get(id) !== undefined;

/** Colours elements and puts numbers beside them: colour alone tells nothing. @returns takes all of it away */
function mark(viewer: Viewer, standing: ReadonlyMap<string, Standing>): () => void {
  const canvas = viewer.get('canvas') as Canvas;
  const overlays = viewer.get('overlays') as Overlays;
  const marked: (readonly [string, (typeof MARKS)[number]])[] = [];
  for (const [id, { active, incidents, done }] of standing) {
    if (!isThere(viewer, id)) continue;
    const put = (name: (typeof MARKS)[number]): void => {
      canvas.addMarker(id, name);
      marked.push([id, name]);
    };
    if (incidents > 0) put('app-mark-incident');
    else if (active > 0) put('app-mark-active');
    else if (done > 0) put('app-mark-done');
    badge(overlays, id, 'active', active, '●', { bottom: 10, left: -10 });
    badge(overlays, id, 'incident', incidents, '!', { top: -10, right: 14 });
    if (active === 0) badge(overlays, id, 'done', done, '✓', { bottom: 10, right: 14 });
  }
  return () => {
    overlays.remove({ type: 'standing' });
    for (const [id, name] of marked) canvas.removeMarker(id, name);
  };
}

const LEVELS = 5;

/** Colours elements by how much was there, and puts the numbers beside them. @returns takes all of it away */
const warm = (viewer: Viewer, heat: ReadonlyMap<string, Heat>): (() => void) =>
  note(
    viewer,
    'heat',
    [...heat].map(([id, { text, share }]) => {
      const mark = `app-heat-${Math.max(1, Math.ceil(share * LEVELS))}`;
      return { id, mark, badge: 'heat', text };
    }),
  );

/** Marks what differs, and says beside it how. @returns takes all of it away */
const tellDifferences = (
  viewer: Viewer,
  differences: ReadonlyMap<string, Difference>,
): (() => void) =>
  note(
    viewer,
    'difference',
    [...differences].map(([id, { kind, text }]) => {
      return { id, mark: `app-mark-${kind}`, badge: kind, text };
    }),
  );

interface Note {
  readonly id: string;
  readonly mark: string;
  readonly badge: string;
  readonly text: string;
}

/** Marks elements and puts texts beside them; those that are not there are passed over. @returns takes all of it away */
function note(viewer: Viewer, type: string, notes: readonly Note[]): () => void {
  const canvas = viewer.get('canvas') as Canvas;
  const overlays = viewer.get('overlays') as Overlays;
  const registry = viewer.get('elementRegistry') as Registry;
  // The process itself has no place on its diagram.
  const there = notes.filter(({ id }) => registry.get(id)?.parent);
  for (const { id, mark: name, badge: kind, text } of there) {
    canvas.addMarker(id, name);
    const html = document.createElement('span');
    html.className = `app-badge app-badge-${kind}`;
    html.textContent = text;
    overlays.add(id, type, { position: { bottom: 10, left: -10 }, html });
  }
  return () => {
    overlays.remove({ type });
    for (const { id, mark: name } of there) canvas.removeMarker(id, name);
  };
}

const MOVED = 'canvas.viewbox.changed';

function joinView(viewer: Viewer, view: SharedView): () => void {
  const canvas = viewer.get('canvas') as Canvas;
  return view.join({
    viewbox: (box) => canvas.viewbox(box),
    onMoved: (hear) => {
      viewer.on(MOVED, hear);
      return () => viewer.off(MOVED, hear);
    },
  });
}

function badge(
  overlays: Overlays,
  id: string,
  kind: string,
  count: number,
  sign: string,
  position: object,
): void {
  if (count === 0) return;
  const html = document.createElement('span');
  html.className = `app-badge app-badge-${kind}`;
  html.textContent = `${sign} ${count}`;
  overlays.add(id, 'standing', { position, html });
}

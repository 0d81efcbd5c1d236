import { Alert, Badge, Button, Group, Loader, SegmentedControl, Tabs } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, type ReactNode, Suspense, useCallback, useRef, useState } from 'react';
import type { ShownFinding, WholeDraft } from '../../../contracts/designer.js';
import { Loaded } from '../../parts/loaded.js';
import { useNotice } from '../../parts/notices.js';
import { Page } from '../../parts/page.js';
import { ProblemAlert } from '../../parts/problem-alert.js';
import { useTexts } from '../../texts/texts.js';
import { KEYS, readDraft, stepDraft } from './api.js';
import './workspace.css';
import { TextEditor } from './editors/text-editor.js';
import { FileTree } from './files/file-tree.js';
import { PlayPanel } from './play/play-panel.js';
import { ProblemsPanel } from './problems-panel.js';
import { PublishDialog } from './publish-dialog.js';
import type { DesignSearch } from './routes.js';
import { type Files, useFiles } from './saving.js';
import { ScenariosPanel } from './scenarios-panel.js';
import { StepDialog } from './step-dialog.js';
import { DESIGNER_TEXTS } from './texts.js';

const ModelEditor = lazy(async () => {
  const { ModelEditor: default_ } = await import('./editors/model-editor.js');
  return { default: default_ };
});
const DecisionEditor = lazy(async () => {
  const { DecisionEditor: default_ } = await import('./editors/decision-editor.js');
  return { default: default_ };
});
const FormEditor = lazy(async () => {
  const { FormEditor: default_ } = await import('./editors/form-editor.js');
  return { default: default_ };
});
const MailEditor = lazy(async () => {
  const { MailEditor: default_ } = await import('./editors/mail-editor.js');
  return { default: default_ };
});

/** What is shown upon a diagram: how many tokens stand at elements, and what was reached. */
export interface Painting {
  readonly tokens: Readonly<Record<string, number>>;
  readonly reached: ReadonlySet<string>;
  readonly elements: ReadonlySet<string> | null;
}

/** A place in a file. */
export interface Focus {
  readonly file: string | null;
  readonly elementId: string | null;
  /** From 1. */
  readonly line: number | null;
  readonly turn: number;
}

/** What every editor is given. */
export interface EditorProps {
  readonly path: string;
  readonly text: string;
  readonly isReadOnly: boolean;
  readonly onChange: (text: string) => void;
  readonly painting: Painting | null;
  /** Which element or line is looked at; `turn` grows with each look. */
  readonly focus: Focus | null;
  readonly files: Readonly<Record<string, string>>;
  /** Whether what makes a model run is shown beside it. */
  readonly isTechnical: boolean;
  /** Shows it, with the properties of what is selected. */
  readonly showTechnical: () => void;
}

/** A draft: its files, an editor, and problems, plays and scenarios beside it. */
export function DraftPage({
  packageKey,
  draftId,
}: {
  readonly packageKey: string;
  readonly draftId: string;
}): ReactNode {
  const query = useQuery({
    queryKey: KEYS.draft(draftId),
    queryFn: ({ signal }) => readDraft(draftId, signal),
    // The files are held by the page from then on.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  return (
    <Loaded query={query}>
      {(whole) => <Workspace key={whole.draft.state} packageKey={packageKey} whole={whole} />}
    </Loaded>
  );
}

function Workspace({
  packageKey,
  whole: { draft, files: rows },
}: {
  readonly packageKey: string;
  readonly whole: WholeDraft;
}): ReactNode {
  const say = useTexts(DESIGNER_TEXTS);
  const navigate = useNavigate();
  const search = useSearch({ strict: false }) as DesignSearch;
  const files = useFiles(draft.draftId, rows);
  const [painting, setPainting] = useState<Painting | null>(null);
  const [focus, setFocus] = useState<Focus | null>(null);
  const [isPublishing, setPublishing] = useState(false);
  const turn = useRef(0);
  const isReadOnly = draft.state !== 'open';
  const path =
    search.file && Object.hasOwn(files.texts, search.file) ? search.file : firstOf(files.texts);
  const beside = search.beside ?? 'problems';
  const go = useCallback(
    (to: Partial<DesignSearch>) =>
      void navigate({
        to: '.',
        search: ((before: object) => ({ ...before, ...to })) as never,
        replace: true,
      }),
    [navigate],
  );
  const look = ({ file, elementId, line }: ShownFinding): void => {
    if (file && Object.hasOwn(files.texts, file)) go({ file });
    turn.current += 1;
    setFocus({ file, elementId, line, turn: turn.current });
  };
  const modelOf = path.endsWith('.bpmn') ? path : null;
  return (
    <Page
      title={draft.title || packageKey}
      about={
        <>
          {packageKey} · <SavingSign files={files} />
        </>
      }
      actions={
        <>
          {modelOf !== null && (
            <SegmentedControl
              aria-label={say('mode')}
              data={[
                { value: 'design', label: say('design') },
                { value: 'implement', label: say('implement') },
              ]}
              value={search.mode ?? 'design'}
              onChange={(mode) => go({ mode: mode as 'design' })}
            />
          )}
          <Steps whole={{ draft, files: rows }} files={files} publish={() => setPublishing(true)} />
        </>
      }
    >
      {isReadOnly && (
        <Alert variant="light">{say('onlyRead', { state: say(stateOf(draft.state)) })}</Alert>
      )}
      {files.saving.state === 'conflict' && (
        <Alert color="orange" role="alert" title={say('conflict', { detail: files.saving.detail })}>
          <Group gap="xs">
            <Button size="xs" variant="default" onClick={() => void files.takeTheirs()}>
              {say('allTheirs')}
            </Button>
            <Button size="xs" variant="default" onClick={() => void files.keepMine()}>
              {say('allMine')}
            </Button>
          </Group>
        </Alert>
      )}
      <div className="designer">
        <FileTree
          draftId={draft.draftId}
          {...{ packageKey, files, path, isReadOnly }}
          open={(file) => go({ file })}
        />
        <section className="designer-editor" aria-label={path}>
          <Suspense
            fallback={
              <Group justify="center" p="xl" role="status">
                <Loader /> {say('loading')}
              </Group>
            }
          >
            <Editor
              key={`${path} ${files.arrivals}`}
              path={path}
              text={files.texts[path] ?? ''}
              isReadOnly={isReadOnly}
              onChange={(text) => files.change(path, text)}
              painting={modelOf === null ? null : painting}
              focus={focus?.file === path ? focus : null}
              files={files.texts}
              isTechnical={search.mode === 'implement'}
              showTechnical={() => go({ mode: 'implement' })}
            />
          </Suspense>
        </section>
        <aside className="designer-beside" aria-label={say('beside')}>
          <Tabs
            value={beside}
            onChange={(value) => go({ beside: (value ?? 'problems') as never })}
            keepMounted={false}
          >
            <Tabs.List>
              <Tabs.Tab value="problems">{say('problems')}</Tabs.Tab>
              <Tabs.Tab value="play">{say('play')}</Tabs.Tab>
              <Tabs.Tab value="scenarios">{say('scenarios')}</Tabs.Tab>
            </Tabs.List>
            <Tabs.Panel value="problems" pt="sm">
              <ProblemsPanel
                draftId={draft.draftId}
                files={files}
                look={look}
                isReadOnly={isReadOnly}
              />
            </Tabs.Panel>
            <Tabs.Panel value="play" pt="sm">
              <PlayPanel
                packageKey={packageKey}
                draftId={draft.draftId}
                files={files}
                paint={setPainting}
                isReadOnly={isReadOnly}
              />
            </Tabs.Panel>
            <Tabs.Panel value="scenarios" pt="sm">
              <ScenariosPanel draftId={draft.draftId} files={files} paint={setPainting} />
            </Tabs.Panel>
          </Tabs>
        </aside>
      </div>
      {isPublishing && (
        <PublishDialog
          packageKey={packageKey}
          draftId={draft.draftId}
          close={() => setPublishing(false)}
        />
      )}
    </Page>
  );
}

const STATES = {
  open: 'stateOpen',
  review: 'stateReview',
  published: 'statePublished',
  discarded: 'stateDiscarded',
} as const;
const stateOf = (state: keyof typeof STATES) => STATES[state];

function Editor(props: EditorProps): ReactNode {
  const { path } = props;
  if (path.endsWith('.bpmn')) return <ModelEditor {...props} />;
  if (path.endsWith('.dmn')) return <DecisionEditor {...props} />;
  if (path.endsWith('.form')) return <FormEditor {...props} />;
  if (path.endsWith('.liquid')) return <MailEditor {...props} />;
  return <TextEditor {...props} />;
}

function SavingSign({ files: { saving } }: { readonly files: Files }): ReactNode {
  const say = useTexts(DESIGNER_TEXTS);
  const text =
    saving.state === 'failed'
      ? say('saveFailed', { detail: saving.detail })
      : saving.state === 'conflict'
        ? say('unsaved')
        : say(saving.state);
  return <span aria-live="polite">{text}</span>;
}

/** What may be done with the draft as a whole. */
interface Step {
  readonly to: 'review' | 'return' | 'discard';
  readonly remark?: string;
}

function Steps({
  whole: { draft },
  files,
  publish,
}: {
  readonly whole: WholeDraft;
  readonly files: Files;
  readonly publish: () => void;
}): ReactNode {
  const say = useTexts(DESIGNER_TEXTS);
  const tell = useNotice();
  const queries = useQueryClient();
  const step = useMutation({
    mutationFn: async ({ to, remark = '' }: Step) => {
      await files.settle();
      // The version that one looks at is the newest: what others saved meanwhile refuses at the server.
      const { draft: now } = await readDraft(draft.draftId);
      return { to, done: await stepDraft(draft.draftId, to, now.version, remark) };
    },
    onSuccess: async ({ to }) => {
      if (to !== 'return') tell('good', say(to === 'review' ? 'handedIn' : 'discarded'));
      await queries.invalidateQueries({ queryKey: KEYS.draft(draft.draftId) });
    },
  });
  const [asked, setAsked] = useState<'review' | 'return' | null>(null);
  if (draft.state === 'published' || draft.state === 'discarded') {
    return <Badge>{say(stateOf(draft.state))}</Badge>;
  }
  return (
    <>
      {step.error && <ProblemAlert error={step.error} />}
      {asked && (
        <StepDialog
          to={asked}
          go={(remark) => step.mutate({ to: asked, remark })}
          close={() => setAsked(null)}
        />
      )}
      <Button variant="subtle" color="gray" onClick={() => step.mutate({ to: 'discard' })}>
        {say('discard')}
      </Button>
      {draft.state === 'review' ? (
        <Button variant="default" onClick={() => setAsked('return')}>
          {say('giveBack')}
        </Button>
      ) : (
        <Button variant="default" onClick={() => setAsked('review')}>
          {say('handIn')}
        </Button>
      )}
      <Button
        onClick={() => {
          void files.settle().then(publish);
        }}
      >
        {say('publish')}
      </Button>
    </>
  );
}

/** The file that a draft opens with: its model, whatever that is called. */
function firstOf(texts: Readonly<Record<string, string>>): string {
  const models = Object.keys(texts)
    .sort()
    .filter((path) => path.endsWith('.bpmn'));
  return models.find((path) => path === 'process.bpmn') ?? models[0] ?? 'process.bpmn';
}

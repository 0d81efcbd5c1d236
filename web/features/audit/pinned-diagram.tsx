/** The diagram of an instance as it was when it ran: to look at, moved by the mouse. */
import { useQuery } from '@tanstack/react-query';
import 'bpmn-js/dist/assets/diagram-js.css';
import 'bpmn-js/dist/assets/bpmn-js.css';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { ask } from '../../api/ask.js';
import { Loaded } from '../../parts/loaded.js';
import { ProblemAlert } from '../../parts/problem-alert.js';

/** Shows it. Loaded lazily, so it is the default of its file. */
// biome-ignore lint/style/noDefaultExport: React.lazy takes the default of a file
export default function PinnedDiagram({
  caseId,
  instanceId,
  label,
}: {
  readonly caseId: string;
  readonly instanceId: string;
  readonly label: string;
}): ReactNode {
  const query = useQuery({
    queryKey: ['case-diagram', caseId, instanceId],
    queryFn: ({ signal }) =>
      ask<{ readonly xml: string }>(
        `/api/v1/cases/${caseId}/diagram?instanceId=${encodeURIComponent(instanceId)}`,
        { signal },
      ),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return <Loaded query={query}>{({ xml }) => <Drawn xml={xml} label={label} />}</Loaded>;
}

interface Viewer {
  readonly importXML: (xml: string) => Promise<unknown>;
  readonly get: (name: string) => unknown;
  readonly destroy: () => void;
}

/** The canvas is white in both themes: diagrams are drawn in black. */
const CANVAS = { height: 420, marginTop: 12, background: '#fff', position: 'relative' } as const;

function Drawn({ xml, label }: { readonly xml: string; readonly label: string }): ReactNode {
  const place = useRef<HTMLElement>(null);
  const [error, fail] = useState<unknown>(null);
  useEffect(() => {
    const container = place.current;
    if (!container) return undefined;
    let viewer: Viewer | null = null;
    let isOver = false;
    // Its types say less than it does: it is a class, and the default of its file.
    void import('bpmn-js/lib/NavigatedViewer.js')
      .then(async ({ default: made }) => {
        if (isOver) return;
        viewer = new (made as unknown as new (options: object) => Viewer)({ container });
        await viewer.importXML(xml);
        (viewer.get('canvas') as { zoom: (to: string) => void }).zoom('fit-viewport');
      })
      .catch(fail);
    return () => {
      isOver = true;
      viewer?.destroy();
    };
  }, [xml]);
  return (
    <>
      {error !== null && <ProblemAlert error={error as Error} />}
      <section ref={place} aria-label={label} style={CANVAS} />
    </>
  );
}

/**
 * Script task: a FEEL expression whose value becomes a variable; any other language only as a job. Write
 * `zeebe:script`, or `script` with the script format `feel`. Source: BPMN 2.0.2 §10.3.3, A05.
 */
import { type FlowNodeBase, isContext } from '../model/index.js';
import { feel, LEAVE } from '../triggers/index.js';
import { defineElement } from './define.js';
import { ACTIVITY_BOUNDARY, jobOf, startJob, type TaskJob, withoutJob } from './job.js';

export interface ScriptTask extends FlowNodeBase<'scriptTask'> {
  readonly job: TaskJob | null;
  readonly script: {
    readonly feel: string;
    /** Null: the script's value is a context whose entries are the result. */
    readonly resultVariable: string | null;
  } | null;
}

export const scriptTask = defineElement<ScriptTask>({
  kind: 'scriptTask',
  tag: 'scriptTask',
  attaches: ACTIVITY_BOUNDARY,
  compile: ({ node }) => {
    const { script } = node.extensions;
    if (script !== null) {
      const { expression, resultVariable } = script;
      return { job: null, script: { feel: feel(expression), resultVariable } };
    }
    if (node.script === null) return { job: jobOf(node), script: null };
    const resultVariable = node.extensions.properties['jornada:resultVariable'] ?? null;
    return { job: null, script: { feel: feel(node.script), resultVariable } };
  },
  onEnter: ({ id, job, script }, activation) => {
    if (script === null) return job === null ? withoutJob(id) : startJob(job, activation);
    const result = activation.evaluate(script.feel);
    if (!result.ok) return { kind: 'incident', fault: result.fault };
    if (script.resultVariable !== null) {
      activation.result({ [script.resultVariable]: result.value });
    } else if (isContext(result.value)) activation.result(result.value);
    return LEAVE;
  },
});

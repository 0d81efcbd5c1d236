/**
 * Script task: a FEEL expression whose value becomes a variable; any other language only as a job. Write
 * `zeebe:script`, or `script` with the script format `feel`. Source: BPMN 2.0.2 §10.3.3, A05.
 */
import { finding } from '../errors/index.js';
import { type FlowNodeBase, isContext, type ParsedNode } from '../model/index.js';
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

/** FEEL by name, or by the namespace of a DMN version. */
const FEEL = /^(feel|https?:\/\/www\.omg\.org\/spec\/(DMN|FEEL)\/\S*)$/i;

/** What keeps a script task from running, or null: one script in FEEL, or else a job. */
const problemOf = ({ script, scriptFormat, extensions }: ParsedNode): string | null => {
  const { taskDefinition, script: formula } = extensions;
  const ways = [script, formula, taskDefinition].filter((way) => way !== null);
  if (ways.length === 0) return 'it has neither a script nor a job type';
  if (ways.length > 1) return 'it has more than one of `script`, `zeebe:script` and a job type';
  if (script === null) return null;
  if (scriptFormat === null) return 'its script has no `scriptFormat`';
  return FEEL.test(scriptFormat.trim()) ? null : `its script is in '${scriptFormat}'`;
};

export const scriptTask = defineElement<ScriptTask>({
  kind: 'scriptTask',
  tag: 'scriptTask',
  attaches: ACTIVITY_BOUNDARY,
  validate: ({ node }) => {
    const detail = problemOf(node);
    return detail === null
      ? []
      : [finding('BPMN_SCRIPT_INCOMPLETE', node.id, { id: node.id, detail })];
  },
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

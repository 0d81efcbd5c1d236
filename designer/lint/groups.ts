/** Candidate groups that are no role of the package: nobody would find the task in their inbox. Class: pure. */
import { allNodes } from '../../engine/compile/index.js';
import { type Finding, finding } from '../../engine/errors/index.js';
import type { ParsedNode } from '../../engine/model/index.js';
import { meant } from '../../registry/index.js';
import type { LintedPackage, ModelledProcess } from './package.js';

/** A group, and where it is named. */
interface Mention {
  readonly id: string;
  readonly group: string;
  readonly line: number | null;
}

/** Groups of user tasks, and of lanes that hold some; those that are computed are known when they are. */
export function unknownGroups({ description, processes }: LintedPackage): readonly Finding[] {
  if (description === null) return [];
  const roles = Object.keys(description.roles);
  return processes.flatMap((process) =>
    [...ofTasks(process), ...ofLanes(process)]
      .filter(({ group }) => !roles.includes(group))
      .map(({ id, group, line }) => {
        const facts = { id, group, meant: meant(group, roles) };
        return { ...finding('PACKAGE_GROUP_UNKNOWN', id, facts), file: process.file, line };
      }),
  );
}

const ofTasks = ({ nodes }: ModelledProcess): readonly Mention[] =>
  nodes.flatMap(({ id, line, extensions: { assignment } }) =>
    groupsIn(assignment?.candidateGroups ?? '').map((group) => ({ id, group, line })),
  );

/** Without an assignment, the name of a lane is the group of what people do in it. */
function ofLanes({ lanes, nodes }: ModelledProcess): readonly Mention[] {
  const isForPeople = (node: ParsedNode): boolean =>
    (node.tag === 'userTask' && node.extensions.assignment === null) ||
    (node.content !== null && allNodes(node.content).some(isForPeople));
  const forPeople = new Set(nodes.filter(isForPeople).map(({ id }) => id));
  return lanes
    .filter((lane) => !lanes.some(({ parent }) => parent === lane.id))
    .filter((lane) => lane.nodes.some((id) => forPeople.has(id)))
    .flatMap(({ id, name, assignment }) => {
      const groups =
        assignment === null ? [name ?? id] : groupsIn(assignment.candidateGroups ?? '');
      return groups.map((group) => ({ id, group, line: null }));
    });
}

/** `a, b`, or FEEL that is a text or a list of texts. */
function groupsIn(text: string): readonly string[] {
  const source = text.trim();
  if (!source.startsWith('=')) {
    return source.split(',').flatMap((one) => one.trim() || []);
  }
  if (!CONSTANT.test(source)) return [];
  return Array.from(source.matchAll(/"([^"]*)"/g), ([, group = '']) => group);
}

const CONSTANT = /^=\s*(?:"[^"]*"|\[\s*"[^"]*"(?:\s*,\s*"[^"]*")*\s*\])$/;

/** What of one version of a process is what in another: by the instructions, else by the same id. Class: pure. */
import { type Fault, fault } from '../../errors/index.js';
import type { ExecutableProcess, FlowNodeBase, MappingInstruction } from '../../model/index.js';
import { own } from '../../model/index.js';

/** A sequence flow and its ends. */
interface FlowEnds {
  readonly source: string;
  readonly target: string;
}

const flowsOf = ({ nodes }: ExecutableProcess): ReadonlyMap<string, FlowEnds> =>
  new Map(
    Object.values(nodes).flatMap(({ id: source, outgoing }) =>
      outgoing.map(({ id, target }) => [id, { source, target }] as const),
    ),
  );

/** Looks up elements and sequence flows of the one version in the other. */
export class Correspondence {
  private readonly mapped = new Map<string, string>();
  private readonly flowsBefore: ReadonlyMap<string, FlowEnds>;
  private readonly flowsAfter: ReadonlyMap<string, FlowEnds>;

  constructor(
    readonly from: ExecutableProcess,
    readonly to: ExecutableProcess,
    private readonly instructions: readonly MappingInstruction[],
  ) {
    this.flowsBefore = flowsOf(from);
    this.flowsAfter = flowsOf(to);
    for (const { sourceElementId, targetElementId } of instructions) {
      this.mapped.set(sourceElementId, targetElementId);
    }
  }

  /** What is wrong with the instructions themselves. */
  faults(): readonly Fault[] {
    const seen = new Set<string>();
    return this.instructions.flatMap(({ sourceElementId: source, targetElementId: target }) => {
      const detail = this.problemOf(source, target, seen.has(source));
      seen.add(source);
      return detail === null ? [] : [fault('MIGRATION_MAPPING', { source, target, detail })];
    });
  }

  private problemOf(source: string, target: string, isRepeated: boolean): string | null {
    if (isRepeated) return `'${source}' is mapped twice`;
    const before = kindOf(this.from, this.flowsBefore, source);
    const after = kindOf(this.to, this.flowsAfter, target);
    if (before === null) return `'${source}' is nothing of the version that it runs`;
    if (after === null) return `'${target}' is nothing of the version to go to`;
    return before === after ? null : `'${source}' is ${before}, '${target}' is ${after}`;
  }

  /** Whether an instruction names it. */
  isMapped(id: string): boolean {
    return this.mapped.has(id);
  }

  /** Id of an element in the other version; null: it is not there. */
  idOf(elementId: string): string | null {
    if (elementId === this.from.id) return this.to.id;
    const id = this.mapped.get(elementId) ?? elementId;
    return own(this.to.nodes, id) === undefined ? null : id;
  }

  /** The element in the other version; null: it is not there. */
  nodeOf(elementId: string): FlowNodeBase | null {
    const id = this.idOf(elementId);
    return id === null ? null : (own(this.to.nodes, id) ?? null);
  }

  /**
   * Id of a sequence flow in the other version: the one that is named, else that of the same id where it leads to the same
   * element, else the only one between the same elements. Null: there is none.
   */
  flowOf(flowId: string): string | null {
    const ends = this.flowsBefore.get(flowId);
    if (ends === undefined) return null;
    const target = this.idOf(ends.target);
    const leads = (id: string): boolean => this.flowsAfter.get(id)?.target === target;
    const named = this.mapped.get(flowId);
    if (named !== undefined) return leads(named) ? named : null;
    if (leads(flowId)) return flowId;
    const between = (this.nodeOf(ends.source)?.outgoing ?? []).filter(({ id }) => leads(id));
    return between.length === 1 ? (between[0]?.id ?? null) : null;
  }

  /** The element that a sequence flow of the version before leads to. */
  targetOf(flowId: string): string | null {
    return this.flowsBefore.get(flowId)?.target ?? null;
  }
}

const kindOf = (
  { nodes }: ExecutableProcess,
  flows: ReadonlyMap<string, FlowEnds>,
  id: string,
): string | null => {
  if (own(nodes, id) !== undefined) return 'an element';
  return flows.has(id) ? 'a sequence flow' : null;
};

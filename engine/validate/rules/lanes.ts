/** A lane lists nodes of its process, each in one lane of a lane set. Source: BPMN 2.0.2 §10.8, S83. */
import { type Finding, finding } from '../../errors/index.js';
import type { ParsedLane } from '../../model/index.js';
import type { Level, Model } from '../model.js';
import type { Rule } from '../rule.js';

/** Ids of the lanes around a lane, itself included. */
function around(lane: ParsedLane, byId: ReadonlyMap<string, ParsedLane>): ReadonlySet<string> {
  const found = new Set<string>();
  let at: ParsedLane | undefined = lane;
  while (at !== undefined && !found.has(at.id)) {
    found.add(at.id);
    at = byId.get(at.parent ?? '');
  }
  return found;
}

function judge({ process }: Level, { levelOf }: Model): readonly Finding[] {
  const byId = new Map(process.lanes.map((lane) => [lane.id, lane]));
  /** By lane set and node. */
  const homes = new Map<string, ParsedLane>();
  return process.lanes.flatMap((lane) => {
    const outer = around(lane, byId);
    return lane.nodes.flatMap((ref) => {
      const place = `${lane.laneSet} ${ref}`;
      const before = homes.get(place);
      homes.set(place, lane);
      const isOwn = levelOf.get(ref)?.process === process;
      const isAlone = before === undefined || outer.has(before.id);
      return isOwn && isAlone ? [] : [finding('BPMN_LANE_NODE', lane.id, { id: lane.id, ref })];
    });
  });
}

/** Findings: BPMN_LANE_NODE. */
export const lanes: Rule = {
  level: (level, model) => (level.kind === 'process' ? judge(level, model) : []),
};

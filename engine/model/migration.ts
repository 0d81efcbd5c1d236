/**
 * Another version of its process for a running instance: one command, all of it or nothing (S99). Plain JSON.
 */

/** A deployed version of a process: the hash of its sources tells it apart, the number is for people. */
export interface ProcessVersion {
  readonly version: number;
  /** SHA-256 of the canonical sources of its package. */
  readonly hash: string;
}

/** What has another id in the version to go to: an element or a sequence flow. */
export interface MappingInstruction {
  readonly sourceElementId: string;
  readonly targetElementId: string;
}

/** The plan by which an instance moves. What is not mapped keeps its id. */
export interface Migration {
  /** What the instance has to run when it is asked, so that a plan is carried out as it was made. */
  readonly from: ProcessVersion;
  readonly to: ProcessVersion;
  readonly mappings: readonly MappingInstruction[];
}

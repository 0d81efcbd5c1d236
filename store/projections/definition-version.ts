/** By which version of its process the instance of a row goes on: it may be asked for beside the fields of a row. Class: pure. */
import { type Column, sql } from 'drizzle-orm';
import type { Computed } from '../search/field.js';

/** The name by which it is asked for. */
export type DefinitionVersion = 'definitionVersion';

/** @param instanceId - the column of a row that names its instance */
export const definitionVersionOf = (
  instanceId: Column,
): Readonly<Record<DefinitionVersion, Computed>> => ({
  definitionVersion: {
    type: 'number',
    expression: sql`(select running.definition_version from process_instances running
      where running.instance_id = ${instanceId})`,
  },
});

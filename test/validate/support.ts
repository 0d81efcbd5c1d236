/** Fixtures of the rules: read, parsed and judged once. */
import { readdirSync, readFileSync } from 'node:fs';
import type { Finding } from '../../engine/errors/index.js';
import type { ParsedDefinitions } from '../../engine/model/index.js';
import { parseBpmn } from '../../engine/parse/index.js';

/** Where the fixtures lie, one folder a rule. */
export const FIXTURES = 'test/fixtures/validate';

/** Ids of processes that are deployed besides a fixture. */
export const DEPLOYED = ['billing'] as const;

/** `<rule>/<file without ending>` of every fixture. */
export const fixtures: readonly string[] = readdirSync(FIXTURES).flatMap((folder) =>
  readdirSync(`${FIXTURES}/${folder}`).map((file) => `${folder}/${file.replace(/\.bpmn$/, '')}`),
);

/** Parses a fixture; what parse finds must be expected by nobody, for rules judge the tree alone. */
export async function parseFixture(
  fixture: string,
): Promise<{ definitions: ParsedDefinitions; findings: readonly Finding[]; xml: string }> {
  const xml = readFileSync(`${FIXTURES}/${fixture}.bpmn`, 'utf8');
  const { definitions, findings } = await parseBpmn(xml, null);
  if (definitions === null) throw new Error(`${fixture}: ${findings[0]?.message}`);
  return { definitions, findings, xml };
}

/** What a test compares: code and element of each finding. */
export const pairs = (
  findings: readonly Finding[],
): readonly (readonly [string, string | null])[] =>
  findings.map(({ code, elementId }) => [code, elementId]);

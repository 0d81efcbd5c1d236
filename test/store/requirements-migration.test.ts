/** What migration 0050 makes of what was deployed before it. */
import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { openDatabase } from '../../store/database.js';
import { migrate, readMigrations } from '../../store/migrate.js';

const MODEL = `<bpmn:definitions><bpmn:process id="first" isExecutable="true">
  <bpmn:startEvent id="bare" /><bpmn:userTask id="t"><zeebe:formDefinition formId="task" /></bpmn:userTask>
</bpmn:process></bpmn:definitions>`;
const WITH_FORM = `<bpmn:definitions><bpmn:process isExecutable="true" id="second">
  <bpmn:startEvent id="s" name="Asked">
    <bpmn:extensionElements><zeebe:formDefinition formId="ask" bindingType="deployment" /></bpmn:extensionElements>
  </bpmn:startEvent><bpmn:userTask id="t"><zeebe:formDefinition formId="task" /></bpmn:userTask>
</bpmn:process></bpmn:definitions>`;
const dmn = (name: string) => `<?xml version="1.0"?>
<definitions xmlns="x" id="prices" name="${name}"><decision id="price" name="Price"/></definitions>`;

test('tells files, forms and requirements of what was deployed before', async () => {
  const database = await openDatabase({ databaseUrl: null, folder: null });
  const { db } = database;
  const all = await readMigrations();
  await migrate(
    db,
    all.filter(({ name }) => name < '0050'),
  );
  const put = (hash: string, path: string, content: string) =>
    db.execute(sql`insert into package_files values (${hash}, ${path}, ${content})`);
  for (const hash of ['a', 'b']) {
    await db.execute(sql`insert into packages (hash, key) values (${hash}, 'k')`);
    await put(hash, 'decisions/price.dmn', dmn(`Prices ${hash}`));
  }
  await put('a', 'a.bpmn', MODEL);
  await put('a', 'b.bpmn', WITH_FORM);
  const requirements = sql`'{"messageStarts":[],"signalStarts":[],"timerStarts":[]}'::jsonb`;
  for (const id of ['first', 'second']) {
    await db.execute(sql`insert into process_definitions
      (process_id, version, package_hash, deployed_at, requirements)
      values (${id}, 1, 'a', '2026-03-01', ${requirements})`);
  }
  await db.execute(sql`insert into resource_definitions
    (kind, resource_id, version, package_hash, path, deployed_at, name) values
    ('decision', 'price', 1, 'a', 'decisions/price.dmn', '2026-03-01', 'Price'),
    ('decision', 'price', 2, 'b', 'decisions/price.dmn', '2026-03-02', 'Price')`);
  await migrate(db, all);
  const processes = await db.execute(
    sql`select process_id, path, start_form_id from process_definitions order by process_id`,
  );
  expect(processes.rows).toEqual([
    { process_id: 'first', path: 'a.bpmn', start_form_id: null },
    { process_id: 'second', path: 'b.bpmn', start_form_id: 'ask' },
  ]);
  const decisions = await db.execute(sql`select version, requirements_id, requirements_version,
    requirements_name, is_latest from listed_decisions order by version`);
  const of = { requirements_id: 'prices' };
  expect(decisions.rows).toEqual([
    { ...of, version: 1, requirements_version: 1, requirements_name: 'Prices a', is_latest: false },
    { ...of, version: 2, requirements_version: 2, requirements_name: 'Prices b', is_latest: true },
  ]);
  await database.close();
});

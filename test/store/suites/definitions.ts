import { describe, expect, test } from 'vitest';
import type {
  Deployment,
  DeploymentResult,
  NewProcess,
  Requirements,
  Store,
} from '../../../store/index.js';

const QUIET: Requirements = { messageStarts: [], signalStarts: [], timerStarts: [] };

const aProcess = (processId: string, changes: Partial<NewProcess> = {}): NewProcess => ({
  processId,
  name: 'Onboarding',
  versionTag: null,
  requirements: QUIET,
  path: 'process.bpmn',
  startFormId: null,
  ...changes,
});

const aDeployment = (
  hash: string,
  processes: readonly NewProcess[],
  resources: Deployment['resources'] = [],
): Deployment => ({
  package: { hash, key: 'onboarding', files: { 'process.bpmn': `<xml ${hash}/>` } },
  processes,
  resources,
  deployedAt: '2026-03-02T12:00:00.000Z',
});

const deployer =
  (store: () => Store) =>
  async (deployment: Deployment): Promise<DeploymentResult> => {
    const [result] = await store().definitions.deploy([deployment]);
    if (!result) throw new Error('a deployment without a result');
    return result;
  };

/** Packages, versions, lookups, start subscriptions. */
export function definitionsSuite(store: () => Store): void {
  const deploy = deployer(store);
  describe('definitions', () => {
    test('keeps a package as it was saved first', async () => {
      const saved = { hash: 'p1', key: 'k', files: { 'b.form': '{}', 'a.bpmn': '<a>é\n</a>' } };
      await store().definitions.savePackage(saved);
      await store().definitions.savePackage(saved);
      expect(await store().definitions.package('p1')).toEqual(saved);
      expect(await store().definitions.package('nope')).toBeNull();
      const other = { ...saved, files: { 'a.bpmn': '<b/>' } };
      await expect(store().definitions.savePackage(other)).rejects.toMatchObject({
        code: 'STORE_PACKAGE_CONFLICT',
      });
    });

    test('counts versions per process; the same content keeps its version', async () => {
      const { processes } = store().definitions;
      const versions = async (hash: string) => {
        const result = await deploy(aDeployment(hash, [aProcess('counted')]));
        return result.processes.map(({ version, isNew }) => [version, isNew]);
      };
      expect(await versions('c1')).toEqual([[1, true]]);
      expect(await versions('c1')).toEqual([[1, false]]);
      expect(await versions('c2')).toEqual([[2, true]]);
      expect(await versions('c1')).toEqual([[3, true]]);
      expect(await processes.latest('counted')).toMatchObject({ version: 3, packageHash: 'c1' });
      expect(await processes.byVersion('counted', 2)).toMatchObject({ packageHash: 'c2' });
      expect(await processes.byHash('counted', 'c1')).toMatchObject({ version: 3 });
      expect(await processes.byVersion('counted', 4)).toBeNull();
      expect(await processes.byVersion('counted', 99_999_999_999)).toBeNull();
      expect(await processes.latest('unheard-of')).toBeNull();
    });

    test('finds the newest version of a tag', async () => {
      const { processes } = store().definitions;
      for (const [hash, versionTag] of [
        ['t1', 'stable'],
        ['t2', 'stable'],
        ['t3', null],
      ] as const) {
        await deploy(aDeployment(hash, [aProcess('tagged', { versionTag })]));
      }
      expect(await processes.byTag('tagged', 'stable')).toMatchObject({ version: 2 });
      expect(await processes.byTag('tagged', 'beta')).toBeNull();
    });

    test('deploys decisions and forms with the process', async () => {
      const { decisions, forms } = store().definitions;
      const of = { name: null, versionTag: null };
      const requirements = { id: 'promises', name: 'Promises' };
      await deploy(
        aDeployment(
          'r1',
          [aProcess('resourceful')],
          [
            { kind: 'decision', resourceId: 'sla', path: 'decisions/sla.dmn', ...of, requirements },
            { kind: 'form', resourceId: 'sla', path: 'forms/sla.form', ...of, requirements: null },
          ],
        ),
      );
      expect(await decisions.latest('sla')).toMatchObject({
        version: 1,
        path: 'decisions/sla.dmn',
      });
      expect(await forms.byHash('sla', 'r1')).toMatchObject({ kind: 'form', version: 1 });
      const file = { path: 'decisions/sla.dmn', packageHash: 'r1' };
      const { requirements: files } = store().definitions;
      const inFile = await files.decisions({ filter: { requirementsId: 'promises' } });
      expect(inFile.items).toMatchObject([
        { ...file, decisionId: 'sla', requirementsVersion: 1, requirementsName: 'Promises' },
      ]);
      const listed = await forms.search({ filter: { resourceId: 'sla' } });
      expect(listed.items).toHaveLength(1);
    });

    test('keeps the version of a form whose file has not changed, in another package too', async () => {
      const { forms } = store().definitions;
      const form = { kind: 'form', resourceId: 'kept', path: 'forms/kept.form' } as const;
      let hour = 12;
      const deployed = async (hash: string, text: string) => {
        const resource = { ...form, name: null, versionTag: null, requirements: null };
        const { package: made, ...rest } = aDeployment(hash, [aProcess('keeper')], [resource]);
        const files = { ...made.files, [form.path]: text };
        const deployedAt = `2026-03-02T${hour++}:00:00.000Z`;
        const { resources } = await deploy({ ...rest, deployedAt, package: { ...made, files } });
        return resources.map(({ version, isNew }) => [version, isNew]);
      };
      expect(await deployed('f1', 'a\n')).toEqual([[1, true]]);
      expect(await deployed('f2', 'a\r\n')).toEqual([[1, false]]);
      expect(await deployed('f3', 'b\n')).toEqual([[2, true]]);
      expect(await deployed('f4', 'a\n')).toEqual([[3, true]]);
      expect(await forms.latest('kept')).toMatchObject({ version: 3, packageHash: 'f4' });
      // Each package means the version that it had, also the one that brought none.
      const meant = await Promise.all(
        ['f1', 'f2', 'f3', 'f4', 'f5'].map((hash) => forms.inPackage('kept', hash)),
      );
      expect(meant.map((one) => one?.version ?? null)).toEqual([1, 1, 2, 3, null]);
    });

    test('deploys all or nothing', async () => {
      const { processes } = store().definitions;
      const broken = aProcess('half', { name: 'a\u0000b' });
      await expect(deploy(aDeployment('h1', [aProcess('whole'), broken]))).rejects.toThrow();
      expect(await processes.latest('whole')).toBeNull();
      expect(await store().definitions.package('h1')).toBeNull();
    });

    test('deploys several packages all or none', async () => {
      const { deploy: together, processes } = store().definitions;
      const caller = aDeployment('g1', [aProcess('caller')]);
      const callee = (name: string) => aDeployment('g2', [aProcess('callee', { name })]);
      await expect(together([caller, callee('a\u0000b')])).rejects.toThrow();
      expect(await processes.latest('caller')).toBeNull();
      expect(await store().definitions.package('g1')).toBeNull();
      const results = await together([caller, callee('Callee')]);
      expect(results.flatMap((one) => one.processes)).toMatchObject([
        { processId: 'caller', version: 1, isNew: true },
        { processId: 'callee', version: 1, isNew: true },
      ]);
    });

    test('gives one version a deployment when many come at once', async () => {
      const results = await Promise.all(
        Array.from({ length: 8 }, (_, n) => deploy(aDeployment(`m${n}`, [aProcess('crowded')]))),
      );
      const versions = results.map(({ processes }) => processes[0]?.version ?? 0);
      expect(versions.sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    });

    test('finds who a message or signal starts, by the latest version alone', async () => {
      const { processes } = store().definitions;
      const start = { name: 'order placed', elementId: 'Start' };
      const started = aProcess('started', { requirements: { ...QUIET, messageStarts: [start] } });
      await deploy(aDeployment('s1', [started, aProcess('quiet')]));
      const found = await processes.messageStarts('order placed');
      expect(found).toMatchObject([
        { processId: 'started', requirements: { messageStarts: [start] } },
      ]);
      expect(await processes.signalStarts('order placed')).toEqual([]);
      const signalled = aProcess('started', { requirements: { ...QUIET, signalStarts: [start] } });
      await deploy(aDeployment('s2', [signalled]));
      expect(await processes.messageStarts('order placed')).toEqual([]);
      expect(await processes.signalStarts('order placed')).toMatchObject([{ version: 2 }]);
    });

    test('lists the latest versions', async () => {
      const { processes } = store().definitions;
      await deploy(aDeployment('l1', [aProcess('listed')]));
      await deploy(aDeployment('l2', [aProcess('listed', { name: 'Listed' })]));
      const filter = { isLatest: true, processId: { $like: 'list*' } };
      const { items, total } = await processes.search({ filter, withTotal: true });
      expect(items).toMatchObject([{ processId: 'listed', version: 2, name: 'Listed' }]);
      expect(total).toEqual({ count: 1, isExact: true });
    });
  });
}

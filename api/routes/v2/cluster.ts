/** What Camunda's clients ask of a cluster: ours is one broker with one partition. */
import type { FastifyInstance } from 'fastify';
import { camundaOf } from '../../camunda/asking.js';
import type { AppState } from '../../deps.js';
import { addRoute } from '../../plugins/routes.js';
import { Problem } from '../../problem.js';

/** Adds them. */
export function addCluster(app: FastifyInstance, state: AppState): void {
  addRoute(app, 'topology', async (request) => {
    const { version } = camundaOf(state);
    const { hostname: host } = request;
    const partitions = [{ partitionId: 1, role: 'leader', health: 'healthy' }];
    return {
      brokers: [{ nodeId: 0, host, port: request.port ?? 0, partitions, version }],
      ...{ clusterId: null, clusterSize: 1, partitionsCount: 1, replicationFactor: 1 },
      ...{ gatewayVersion: version, lastCompletedChangeId: '-1' },
    };
  });
  addRoute(app, 'camundaStatus', async (_request, reply) => {
    if (!state.deps) throw new Problem('HTTP_NOT_READY');
    return reply.code(204).send();
  });
}

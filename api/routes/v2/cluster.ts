/** What Camunda's clients ask of a cluster: ours is one broker with one partition. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { camundaOf } from '../../camunda/asking.js';
import type { AppState } from '../../deps.js';
import { type About, answers, NOTHING_TOLD } from '../../openapi/about.js';
import { addRoute } from '../../plugins/routes.js';
import { demandReady } from '../health.js';

const TOPOLOGY = z.strictObject({
  brokers: z.array(
    z.strictObject({
      ...{ nodeId: z.int(), host: z.string(), port: z.int(), version: z.string() },
      partitions: z.array(
        z.strictObject({ partitionId: z.int(), role: z.string(), health: z.string() }),
      ),
    }),
  ),
  ...{ clusterId: z.null(), clusterSize: z.int(), partitionsCount: z.int() },
  ...{ replicationFactor: z.int(), gatewayVersion: z.string() },
  lastCompletedChangeId: z.string(),
});
const ABOUT = {
  topology: {
    summary: 'Says what the cluster is made of: one broker',
    answers: answers(TOPOLOGY, {
      brokers: [
        {
          ...{ nodeId: 0, host: 'jornada.example', port: 443, version: '0.1.0' },
          partitions: [{ partitionId: 1, role: 'leader', health: 'healthy' }],
        },
      ],
      ...{ clusterId: null, clusterSize: 1, partitionsCount: 1, replicationFactor: 1 },
      ...{ gatewayVersion: '0.1.0', lastCompletedChangeId: '-1' },
    }),
  },
  camundaStatus: {
    summary: 'Says whether the cluster is ready: database and Temporal answer',
    answers: NOTHING_TOLD,
    errors: ['HTTP_PARTS_SILENT'],
  },
} satisfies Record<string, About>;

/** Adds them. */
export function addCluster(app: FastifyInstance, state: AppState): void {
  addRoute(app, 'topology', ABOUT.topology, async (request) => {
    const { version } = camundaOf(state, request);
    const { hostname: host } = request;
    const partitions = [{ partitionId: 1, role: 'leader', health: 'healthy' }];
    return {
      brokers: [{ nodeId: 0, host, port: request.port ?? 0, partitions, version }],
      ...{ clusterId: null, clusterSize: 1, partitionsCount: 1, replicationFactor: 1 },
      ...{ gatewayVersion: version, lastCompletedChangeId: '-1' },
    };
  });
  addRoute(app, 'camundaStatus', ABOUT.camundaStatus, async (_request, reply) => {
    await demandReady(state);
    return reply.code(204).send();
  });
}

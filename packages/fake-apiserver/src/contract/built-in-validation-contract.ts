import { beforeAll, expect, it } from 'vitest';
import type { JsonMap } from '../json.ts';
import {
  collectionOf,
  CONTAINERS,
  createBuiltInNamespace,
  LABELS,
  SELECTOR,
  TEMPLATE,
  type BuiltIn,
  type Collection,
} from './built-in-objects.ts';
import type { ContractClient } from './contract-client.ts';

/** What people get wrong of built-in kinds, in Kubernetes' words. */
export function builtInValidationContract(connect: () => ContractClient): void {
  let namespace = '';
  beforeAll(async () => {
    namespace = await createBuiltInNamespace(connect());
  });

  const kinds = (resource: BuiltIn): Collection => collectionOf(connect(), namespace, resource);

  type Refusals = readonly [resource: BuiltIn, kind: string, cases: readonly [JsonMap, string][]];

  /** What each body is refused with, and what it is to be refused with. */
  async function refusals(
    ...table: readonly Refusals[]
  ): Promise<{ said: unknown[]; meant: string[] }> {
    const said: unknown[] = [];
    const meant: string[] = [];
    for (const [resource, kind, cases] of table) {
      for (const [body, why] of cases) {
        said.push(await kinds(resource).refused(body));
        meant.push(`${kind} "x" is invalid: ${why}`);
      }
    }
    return { said, meant };
  }

  const pod = (rest: JsonMap): JsonMap => ({ spec: { containers: CONTAINERS, ...rest } });

  const container = (rest: JsonMap): JsonMap => ({
    spec: { containers: [{ name: 'c', image: 'i', ...rest }] },
  });

  it('refuses pods', async () => {
    const at = 'spec.containers[0]';
    const { said, meant } = await refusals([
      'pods',
      'Pod',
      [
        [{ spec: {} }, 'spec.containers: Required value'],
        [
          { spec: { containers: [{}] } },
          `[${at}.name: Required value, ${at}.image: Required value]`,
        ],
        [
          { spec: { containers: [...CONTAINERS, ...CONTAINERS] } },
          'spec.containers[1].name: Duplicate value: "c"',
        ],
        [
          container({ imagePullPolicy: 'Sometimes' }),
          `${at}.imagePullPolicy: Unsupported value: "Sometimes": supported values: "Always", "IfNotPresent", "Never"`,
        ],
        [
          container({ ports: [{ containerPort: 0 }, { containerPort: 70_000 }] }),
          `[${at}.ports[0].containerPort: Required value, ${at}.ports[1].containerPort: Invalid value: 70000: must be between 1 and 65535, inclusive]`,
        ],
        [
          container({ volumeMounts: [{ name: 'nope', mountPath: '/x' }] }),
          `${at}.volumeMounts[0].name: Not found: "nope"`,
        ],
        [
          container({ livenessProbe: {} }),
          `${at}.livenessProbe: Required value: must specify a handler type`,
        ],
        [
          container({ resources: { requests: { cpu: '2' }, limits: { cpu: '1' } } }),
          `${at}.resources.requests: Invalid value: "2": must be less than or equal to cpu limit of 1`,
        ],
        [
          pod({ restartPolicy: 'Maybe' }),
          'spec.restartPolicy: Unsupported value: "Maybe": supported values: "Always", "OnFailure", "Never"',
        ],
        [
          pod({ activeDeadlineSeconds: 0 }),
          'spec.activeDeadlineSeconds: Invalid value: 0: must be between 1 and 2147483647, inclusive',
        ],
      ],
    ]);
    expect(said).toEqual(meant);
  });

  const workload = (rest: JsonMap): JsonMap => ({
    spec: { selector: SELECTOR, template: TEMPLATE, ...rest },
  });

  const NO_MATCH =
    'spec.template.metadata.labels: Invalid value: {"app":"web"}: `selector` does not match template `labels`';

  it('refuses Deployments', async () => {
    const { said, meant } = await refusals([
      'deployments',
      'Deployment.apps',
      [
        [
          { spec: {} },
          '[spec.selector: Required value, spec.template.metadata.labels: Invalid value: null: `selector` does not match template `labels`, spec.template.spec.containers: Required value]',
        ],
        [workload({ selector: { matchLabels: { app: 'api' } } }), NO_MATCH],
        [
          workload({ selector: {} }),
          'spec.selector: Invalid value: {}: empty selector is invalid for deployment',
        ],
        [
          workload({ replicas: -1 }),
          'spec.replicas: Invalid value: -1: must be greater than or equal to 0',
        ],
        [
          workload({ strategy: { type: 'Recreate', rollingUpdate: {} } }),
          "spec.strategy.rollingUpdate: Forbidden: may not be specified when strategy `type` is 'Recreate'",
        ],
        [
          workload({ strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 0 } } }),
          'spec.strategy.rollingUpdate.maxUnavailable: Invalid value: 0: may not be 0 when `maxSurge` is 0',
        ],
        [
          workload({ progressDeadlineSeconds: 5, minReadySeconds: 10 }),
          'spec.progressDeadlineSeconds: Invalid value: 5: must be greater than minReadySeconds',
        ],
        [
          workload({
            template: {
              metadata: { labels: LABELS },
              spec: { containers: CONTAINERS, restartPolicy: 'Never' },
            },
          }),
          'spec.template.spec.restartPolicy: Unsupported value: "Never": supported values: "Always"',
        ],
      ],
    ]);
    expect(said).toEqual(meant);
  });

  it('refuses the other workloads', async () => {
    const template = { spec: { containers: CONTAINERS } };
    const { said, meant } = await refusals(
      [
        'replicasets',
        'ReplicaSet.apps',
        [[workload({ selector: { matchLabels: { app: 'api' } } }), NO_MATCH]],
      ],
      [
        'statefulsets',
        'StatefulSet.apps',
        [
          [
            workload({ podManagementPolicy: 'X' }),
            `spec.podManagementPolicy: Invalid value: "X": must be 'OrderedReady' or 'Parallel'`,
          ],
        ],
      ],
      [
        'daemonsets',
        'DaemonSet.apps',
        [[workload({ selector: { matchLabels: { app: 'api' } } }), NO_MATCH]],
      ],
      [
        'jobs',
        'Job.batch',
        [
          [
            { spec: { template } },
            'spec.template.spec.restartPolicy: Required value: valid values: "OnFailure", "Never"',
          ],
        ],
      ],
      [
        'cronjobs',
        'CronJob.batch',
        [
          [
            {
              spec: {
                schedule: 'every day',
                jobTemplate: {
                  spec: { template: { spec: { ...template.spec, restartPolicy: 'Never' } } },
                },
              },
            },
            'spec.schedule: Invalid value: "every day": expected exactly 5 fields, found 2: [every day]',
          ],
        ],
      ],
    );
    expect(said).toEqual(meant);
  });

  it('refuses services, ConfigMaps, Secrets, Events and Leases', async () => {
    const { said, meant } = await refusals(
      [
        'services',
        'Service',
        [
          [{ spec: {} }, 'spec.ports: Required value'],
          [
            { spec: { ports: [{ port: 80 }, { port: 81, name: 'b' }] } },
            'spec.ports[0].name: Required value',
          ],
          [
            { spec: { type: 'Odd', ports: [{ port: 80 }] } },
            'spec.type: Unsupported value: "Odd": supported values: "ClusterIP", "ExternalName", "LoadBalancer", "NodePort"',
          ],
        ],
      ],
      [
        'configmaps',
        'ConfigMap',
        [
          [
            { data: { a: 'b' }, binaryData: { a: 'AAAA' } },
            'data[a]: Invalid value: "a": duplicate of key present in binaryData',
          ],
          [{ data: { '..': 'b' } }, `data[..]: Invalid value: "..": must not be '..'`],
        ],
      ],
      [
        'secrets',
        'Secret',
        [
          [
            { type: 'kubernetes.io/tls' },
            '[data[tls.crt]: Required value, data[tls.key]: Required value]',
          ],
        ],
      ],
      [
        'events',
        'Event',
        [
          [
            { involvedObject: { kind: 'Pod', name: 'x', namespace: 'elsewhere' } },
            'involvedObject.namespace: Invalid value: "elsewhere": does not match event.namespace',
          ],
        ],
      ],
      [
        'leases',
        'Lease.coordination.k8s.io',
        [
          [
            { spec: { leaseDurationSeconds: 0 } },
            'spec.leaseDurationSeconds: Invalid value: 0: must be greater than 0',
          ],
        ],
      ],
    );
    expect(said).toEqual(meant);
  });
}

import type { Page } from '@playwright/test';
import type { startRealCluster } from '../fixtures/clusters.ts';
import type { Kindscope } from '../fixtures/kindscope.ts';
import { runToEnd } from '../fixtures/kubectl.ts';
import { followRollout } from '../fixtures/rollout-follower.ts';
import { namespaceOf, webDeployment } from '../fixtures/rollout-objects.ts';
import { expect, test } from '../fixtures/test.ts';
import { withKubeconfig } from '../fixtures/with-kubeconfig.ts';

type RealCluster = Awaited<ReturnType<typeof startRealCluster>>;

const namespace = 'rollout-rights';

/** May see a rollout but not its pods, and no namespace but this. */
const rights = [
  { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'viewer', namespace } },
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'Role',
    metadata: { name: 'viewer', namespace },
    rules: [
      {
        apiGroups: ['apps'],
        resources: ['deployments', 'replicasets'],
        verbs: ['get', 'list', 'watch'],
      },
    ],
  },
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: { name: 'viewer', namespace },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'viewer' },
    subjects: [{ kind: 'ServiceAccount', name: 'viewer', namespace }],
  },
];

test('a viewer who may not list pods sees the rest of a rollout, and is told what is missing', async ({
  page,
  cluster,
}) => {
  test.setTimeout(90_000);
  const { kubectl, kubeconfig, editor } = cluster as RealCluster;
  await editor.apply([namespaceOf(namespace), ...rights, webDeployment(namespace)]);
  const scope = ['--kubeconfig', kubeconfig, '-n', namespace];
  const token = await runToEnd(kubectl, [...scope, 'create', 'token', 'viewer'], undefined);
  const asViewer = (text: string): string => text.replace(/token: \S+/, `token: ${token.trim()}`);
  const flags = ['--namespace', namespace];
  await withKubeconfig(kubeconfig, asViewer, (kindscope) => check(page, kindscope), flags);
});

async function check(page: Page, kindscope: Kindscope): Promise<void> {
  const target = { resource: 'apps/v1/deployments', namespace, name: 'web' };
  const follower = await followRollout(kindscope, target);
  const kinds = () => [...follower.nodes().values()].map(({ kind }) => kind);
  await expect.poll(kinds).toEqual(['Deployment', 'ReplicaSet']);
  await expect.poll(() => follower.now().state.kind).toBe('healthy');
  const missing = () =>
    follower.lacks().map(({ resource, fault }) => [resource?.resource, fault.code]);
  await expect.poll(missing).toContainEqual(['pods', 'forbidden']);
  await expect.poll(missing).toContainEqual(['events', 'forbidden']);
  follower.close();

  await page.goto(kindscope.url);
  await page.goto(`${kindscope.origin}/rollout/apps/v1/deployments/${namespace}/web`);
  await expect(page.getByRole('treegrid')).toContainText('ReplicaSet');
  await expect(page.getByRole('main')).toContainText('pods');
}

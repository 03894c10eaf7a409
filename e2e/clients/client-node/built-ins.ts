import type { KubeConfig, V1Deployment } from '@kubernetes/client-node';
import {
  ApiextensionsV1Api,
  AppsV1Api,
  AuthorizationV1Api,
  CoreV1Api,
  PatchStrategy,
  setHeaderOptions,
  VersionApi,
} from '@kubernetes/client-node';
import { outcome } from './transcript.ts';

function deployment(): V1Deployment {
  return {
    metadata: { name: 'web', labels: { app: 'web' } },
    spec: {
      replicas: 2,
      selector: { matchLabels: { app: 'web' } },
      template: {
        metadata: { labels: { app: 'web' } },
        spec: {
          automountServiceAccountToken: false,
          containers: [{ name: 'main', image: 'nginx:1.27', ports: [{ containerPort: 80 }] }],
        },
      },
    },
  };
}

/** The generated clients of built-in kinds. */
export async function builtInsPart(config: KubeConfig, namespace: string): Promise<void> {
  const core = config.makeApiClient(CoreV1Api);
  const settings = { metadata: { name: 'settings' }, data: { colour: 'red' } };
  await outcome('create', core.createNamespacedConfigMap({ namespace, body: settings }));
  await outcome(
    'replace',
    core.replaceNamespacedConfigMap({
      namespace,
      name: 'settings',
      body: { ...settings, data: { colour: 'blue' } },
    }),
  );
  await outcome('list', core.listNamespacedConfigMap({ namespace, limit: 1 }));
  await outcome('delete', core.deleteNamespacedConfigMap({ namespace, name: 'settings' }));
  await outcome('read', core.readNamespacedConfigMap({ namespace, name: 'settings' }));
  const secret = { metadata: { name: 'keys' }, stringData: { password: 'hunter2' } };
  await outcome('create a secret', core.createNamespacedSecret({ namespace, body: secret }));
  await outcome('read a namespace', core.readNamespace({ name: 'default' }));

  const apps = config.makeApiClient(AppsV1Api);
  const web = { namespace, name: 'web' };
  await outcome(
    'create a deployment',
    apps.createNamespacedDeployment({ namespace, body: deployment() }),
  );
  await outcome(
    'patch it',
    apps.patchNamespacedDeployment(
      {
        ...web,
        body: {
          spec: { template: { spec: { containers: [{ name: 'main', image: 'nginx:2' }] } } },
        },
      },
      setHeaderOptions('Content-Type', PatchStrategy.StrategicMergePatch),
    ),
  );
  await outcome('read its scale', apps.readNamespacedDeploymentScale(web));
  await outcome(
    'list deployments',
    apps.listDeploymentForAllNamespaces({ fieldSelector: `metadata.namespace=${namespace}` }),
  );
  await outcome('delete it', apps.deleteNamespacedDeployment(web));

  const review = {
    spec: {
      resourceAttributes: { verb: 'list', group: 'clients.example.com', resource: 'machines' },
    },
  };
  const authorization = config.makeApiClient(AuthorizationV1Api);
  const reviewed = await authorization.createSelfSubjectAccessReview({ body: review });
  console.log(`may list: ${String(reviewed.status?.allowed)}`);
  const crds = config.makeApiClient(ApiextensionsV1Api);
  await outcome(
    'read a definition',
    crds.readCustomResourceDefinition({ name: 'planets.clients.example.com' }),
  );
  const { major, minor } = await config.makeApiClient(VersionApi).getCode();
  console.log(`version: ${major}.${minor}`);
}

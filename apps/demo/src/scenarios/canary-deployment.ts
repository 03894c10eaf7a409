import type { JsonObject } from '@kindscope/kube';
import { withOwner, type DemoObject } from '../objects/index.ts';
import type { Target } from './scenario.ts';

/** What a canary runs in: a Deployment of two pods that the TrafficSplit owns. */
export function canaryDeployment(
  { namespace = '', name }: Target,
  split: JsonObject,
  image: string,
): DemoObject {
  const labels = { app: name, 'app.kubernetes.io/component': 'canary' };
  const object: DemoObject = {
    apiVersion: 'apps/v1',
    resource: 'deployments',
    manager: 'canary-controller',
    body: {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name, namespace, labels },
      spec: {
        replicas: 2,
        progressDeadlineSeconds: 20,
        selector: { matchLabels: { app: name } },
        template: {
          metadata: { labels },
          spec: {
            terminationGracePeriodSeconds: 5,
            containers: [
              {
                name: 'payments',
                image,
                ports: [{ name: 'http', containerPort: 8080, protocol: 'TCP' }],
                resources: { requests: { cpu: '50m', memory: '64Mi' } },
              },
            ],
          },
        },
      },
    },
  };
  return withOwner(object, split);
}

import { stringAt } from '@kindscope/kube';
import type { Target } from './scenario.ts';
import type { Stage } from './stage.ts';

interface Occurrence {
  readonly type: 'Normal' | 'Warning';
  readonly reason: string;
  readonly message: string;
}

/** Records a Kubernetes Event about an object, as its controller does. */
export async function recordEvent(
  stage: Stage,
  target: Target,
  manager: string,
  occurrence: Occurrence,
): Promise<void> {
  const about = await stage.read(target);
  const namespace = target.namespace ?? 'default';
  // RFC 3339 in whole seconds, as Events of the core group have it.
  const time = new Date(stage.now()).toISOString().replace(/\.\d+Z$/, 'Z');
  await stage.create({
    apiVersion: 'v1',
    resource: 'events',
    manager,
    body: {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name: `${target.name}.${BigInt(stage.now() * 1e6).toString(16)}`, namespace },
      involvedObject: {
        apiVersion: stringAt(about, 'apiVersion') ?? '',
        kind: stringAt(about, 'kind') ?? '',
        ...(target.namespace !== undefined && { namespace: target.namespace }),
        name: target.name,
        uid: stringAt(about, 'metadata', 'uid') ?? '',
        resourceVersion: stringAt(about, 'metadata', 'resourceVersion') ?? '',
      },
      ...occurrence,
      source: { component: manager },
      reportingComponent: manager,
      reportingInstance: '',
      firstTimestamp: time,
      lastTimestamp: time,
      count: 1,
    },
  });
}

import { isJsonObject, listAt, stringAt, type JsonObject, type JsonValue } from '@kindscope/kube';
import { gvrOf } from '../gvr.ts';
import { canaryDeployment } from './canary-deployment.ts';
import { nextMinor } from './deployment.ts';
import { recordEvent } from './event.ts';
import type { Scenario } from './scenario.ts';

const target = {
  gvr: gvrOf('gateway.example.net/v1', 'trafficsplits'),
  namespace: 'shop',
  name: 'payments',
};

const releaser = 'argocd-application-controller';

const deployment = {
  gvr: gvrOf('apps/v1', 'deployments'),
  namespace: 'shop',
  name: 'payments-canary',
};

const controller = 'canary-controller';

const patienceMs = 120_000;
const restMs = 12_000;

export const abortedCanary: Scenario = {
  name: 'aborted-canary',
  title: 'A canary is aborted',
  description:
    'A new image of payments runs in a Deployment of its own and is tried on 5, 10 and 25 per cent of the traffic. The more it gets, the more of its answers are errors, until there are too many: the canary is aborted, all traffic goes back to the stable version, and its pods go.',
  subjects: [target],
  async play(stage) {
    const before = await stage.read(target);
    const image = `${nextMinor(imageOf(before, 'stable'))}-leaky`;
    const setCanary = (object: JsonObject, canary: string) => ({
      spec: { backends: listAt(object, 'spec', 'backends').map((it) => withImage(it, canary)) },
    });
    stage.putBack(async (restoring) => {
      const latest = await restoring.read(target);
      await restoring.patch(target, releaser, setCanary(latest, imageOf(latest, 'stable')));
      await restoring.until(target, (object) => phaseOf(object) === 'Stable', patienceMs);
    });
    stage.putBack((restoring) => restoring.remove(deployment, controller));
    stage.tell(`${image} is tried on a part of the traffic.`);
    await stage.create(canaryDeployment(deployment, before, image));
    await stage.patch(target, releaser, setCanary(before, image));
    await recordEvent(stage, target, controller, {
      type: 'Normal',
      reason: 'CanaryStarted',
      message: `${image} gets the first part of the traffic`,
    });
    const aborted = await stage.until(
      target,
      (object) => imageOf(object, 'canary') === image && phaseOf(object) === 'Aborted',
      patienceMs,
    );
    stage.tell(aborted ? `${image} is aborted: it fails too often.` : `${image} is still tried.`);
    if (aborted) {
      await recordEvent(stage, target, controller, {
        type: 'Warning',
        reason: 'CanaryAborted',
        message: `${image} fails too often: all traffic is back on ${imageOf(before, 'stable')}`,
      });
      await stage.patch(deployment, controller, { spec: { replicas: 0 } });
    }
    await stage.pause(restMs);
  },
};

function withImage(backend: JsonValue, image: string): JsonValue {
  const isCanary = stringAt(backend, 'name') === 'canary';
  return isCanary && isJsonObject(backend) ? { ...backend, image } : backend;
}

function imageOf(object: JsonObject, name: 'stable' | 'canary'): string {
  const backend = listAt(object, 'spec', 'backends').find((it) => stringAt(it, 'name') === name);
  return stringAt(backend, 'image') ?? '';
}

function phaseOf(object: JsonObject): string | undefined {
  return stringAt(object, 'status', 'phase');
}

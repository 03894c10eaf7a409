import { isJsonObject, listAt, stringAt, type JsonObject, type JsonValue } from '@kindscope/kube';
import { gvrOf } from '../gvr.ts';
import { nextMinor } from './deployment.ts';
import type { Scenario } from './scenario.ts';

const target = {
  gvr: gvrOf('gateway.example.net/v1', 'trafficsplits'),
  namespace: 'shop',
  name: 'payments',
};

const releaser = 'argocd-application-controller';

const patienceMs = 120_000;
const restMs = 12_000;

export const abortedCanary: Scenario = {
  name: 'aborted-canary',
  title: 'A canary is aborted',
  description:
    'A new image of payments is tried on 5, 10 and 25 per cent of the traffic. The more it gets, the more of its answers are errors, until there are too many: the canary is aborted, and all traffic goes back to the stable version.',
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
    stage.tell(`${image} is tried on a part of the traffic.`);
    await stage.patch(target, releaser, setCanary(before, image));
    const aborted = await stage.until(
      target,
      (object) => imageOf(object, 'canary') === image && phaseOf(object) === 'Aborted',
      patienceMs,
    );
    stage.tell(aborted ? `${image} is aborted: it fails too often.` : `${image} is still tried.`);
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

import { countAt } from '@kindscope/kube';
import {
  deploymentSubjects,
  deploymentTarget,
  imageOf,
  nextMinor,
  release,
  rollBackAtTheEnd,
  runsEverywhere,
} from './deployment.ts';
import type { Scenario } from './scenario.ts';

const target = deploymentTarget('shop', 'storefront');

/** Longer than this no rollout takes that goes well. */
const patienceMs = 180_000;

/** To look at it when it is through. */
const restMs = 10_000;

export const rollout: Scenario = {
  name: 'rollout',
  title: 'A rollout that goes well',
  description:
    'Argo CD brings out a new minor version of the storefront. A second ReplicaSet grows pod by pod while the first one shrinks, until every pod runs the new image. Then the earlier version is brought back.',
  subjects: deploymentSubjects(target),
  async play(stage) {
    const before = await stage.read(target);
    const image = nextMinor(imageOf(before));
    rollBackAtTheEnd(stage, target, before);
    stage.tell(`${image} is brought out.`);
    await release(stage, target, image);
    const halfWay = (countAt(before, 'spec', 'replicas') ?? 1) / 2;
    await stage.until(
      target,
      (object) =>
        imageOf(object) === image && (countAt(object, 'status', 'updatedReplicas') ?? 0) >= halfWay,
      patienceMs,
    );
    stage.tell(`Half of the pods run ${image}.`);
    const through = await stage.until(target, (now) => runsEverywhere(now, image), patienceMs);
    stage.tell(through ? `Every pod runs ${image}.` : `${image} is not through yet.`);
    await stage.pause(restMs);
  },
};

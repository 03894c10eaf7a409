import { conditionOf } from '@kindscope/kube';
import {
  deploymentSubjects,
  deploymentTarget,
  imageOf,
  nextMinor,
  release,
  rollBackAtTheEnd,
} from './deployment.ts';
import type { Scenario } from './scenario.ts';

const target = deploymentTarget('search', 'query-api');

/** By then its progress deadline is over. */
const patienceMs = 120_000;

export const stuckRollout: Scenario = {
  name: 'stuck-rollout',
  title: 'A rollout that gets stuck',
  description:
    'Argo CD brings out an image of the query API that no registry has. Its first pod cannot pull it (ErrImagePull, then ImagePullBackOff), the others serve on, and after 20 seconds the Deployment says that it makes no progress. So it stays until the scenario is ended; then the earlier image is brought back.',
  subjects: deploymentSubjects(target),
  async play(stage) {
    const before = await stage.read(target);
    const image = `${nextMinor(imageOf(before))}-broken`;
    rollBackAtTheEnd(stage, target, before);
    stage.tell(`${image} is brought out, which no registry has.`);
    await release(stage, target, image);
    const stuck = await stage.until(
      target,
      (object) =>
        imageOf(object) === image && conditionOf(object, 'Progressing')?.status === 'False',
      patienceMs,
    );
    stage.tell(
      stuck
        ? 'The Deployment makes no progress: it stays so until the scenario is ended.'
        : 'It waits for the image until the scenario is ended.',
    );
    await stage.stay();
  },
};

import { countAt } from '@kindscope/kube';
import { gvrOf } from '../gvr.ts';
import type { Scenario } from './scenario.ts';

const target = {
  gvr: gvrOf('apps.shop.example/v2', 'applications'),
  namespace: 'shop',
  name: 'cart',
};

const rounds = 10;

/** How long each has its way. */
const turnMs = 3000;

/** How many replicas the autoscaler adds. */
const more = 3;

export const fieldFight: Scenario = {
  name: 'field-fight',
  title: 'Two controllers fight over a field',
  description:
    'The autoscaler wants more replicas of the cart, Argo CD wants as many as are written in Git: for a minute each sets spec.replicas back to what it thinks right, in turns, and the application never comes to rest. Who wrote last is in managedFields.',
  subjects: [target],
  async play(stage) {
    const before = await stage.read(target);
    const wanted = countAt(before, 'spec', 'replicas') ?? 1;
    const set = (manager: string, replicas: number): Promise<void> =>
      stage.patch(target, manager, { spec: { replicas } });
    stage.putBack(async (restoring) => {
      await restoring.patch(target, 'argocd-application-controller', {
        spec: { replicas: wanted },
      });
    });
    for (let round = 1; round <= rounds; round += 1) {
      stage.tell(`hpa wants ${wanted + more} replicas (round ${round} of ${rounds}).`);
      await set('hpa', wanted + more);
      await stage.pause(turnMs);
      stage.tell(`argocd-application-controller wants ${wanted} (round ${round} of ${rounds}).`);
      await set('argocd-application-controller', wanted);
      await stage.pause(turnMs);
    }
  },
};

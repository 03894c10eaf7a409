import { countAt, healthOf, isJsonObject, listAt, stringAt, valueAt } from '@kindscope/kube';
import { gvrOf } from '../gvr.ts';
import { runOf } from '../objects/index.ts';
import { between, pick } from '../random.ts';
import { change } from './deed.ts';
import type { Habit } from './habit.ts';
import { nextImage, release } from './release.ts';

/** Asks for more or fewer replicas, as the load does. */
const scale: Habit = {
  name: 'scale',
  gvr: gvrOf('apps.shop.example/v2', 'applications'),
  everyMs: 60_000,
  decide(objects, random) {
    const settled = objects.filter((object) => healthOf(object).status === 'healthy');
    if (settled.length === 0) return undefined;
    const application = pick(random, settled);
    const replicas = countAt(application, 'spec', 'replicas') ?? 2;
    const more = replicas < 12 && (replicas <= 2 || random() < 0.5);
    return change(application, 'hpa', { replicas: replicas + (more ? 1 : -1) });
  },
};

/** Turns a flag on or off, or shows it to more people. */
const turnFlag: Habit = {
  name: 'turn-flag',
  gvr: gvrOf('flags.example.dev/v1', 'featureflags'),
  labelSelector: '!generated',
  everyMs: 45_000,
  decide(objects, random) {
    const flag = pick(random, objects);
    const enabled = valueAt(flag, 'spec', 'enabled') === true;
    const rollout = countAt(flag, 'spec', 'rollout') ?? 0;
    const spec =
      enabled && rollout < 100 && random() < 0.7
        ? { rollout: Math.min(100, rollout + between(random, 1, 5) * 5) }
        : { enabled: !enabled };
    return change(flag, 'flagctl', spec);
  },
};

/** Somebody pushes, and a pipeline runs. */
const build: Habit = {
  name: 'build',
  gvr: gvrOf('ci.example.dev/v1', 'pipelines'),
  everyMs: 45_000,
  decide: (objects, random) => ({
    kind: 'create',
    object: runOf(pick(random, objects), { random, trigger: 'push', manager: 'git-webhook' }),
  }),
};

/** Tries a new image on a part of the traffic. */
const tryCanary: Habit = {
  name: 'try-canary',
  gvr: gvrOf('gateway.example.net/v1', 'trafficsplits'),
  everyMs: 150_000,
  decide(objects, random) {
    const settled = objects.filter((object) => stringAt(object, 'status', 'phase') === 'Stable');
    if (settled.length === 0) return undefined;
    const split = pick(random, settled);
    const backends = listAt(split, 'spec', 'backends').map((backend) =>
      isJsonObject(backend) && backend['name'] === 'canary'
        ? { ...backend, image: nextImage(stringAt(backend, 'image') ?? '', random) }
        : backend,
    );
    return change(split, 'argocd-application-controller', { backends });
  },
};

/** What the people and pipelines of the demo do. */
export const habits: readonly Habit[] = [release, scale, turnFlag, tryCanary, build];

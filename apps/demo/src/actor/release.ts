import { healthOf, isJsonObject, listAt, stringAt, type JsonObject } from '@kindscope/kube';
import { gvrOf } from '../gvr.ts';
import { pick } from '../random.ts';
import { change, type Change } from './deed.ts';
import type { Habit } from './habit.ts';

/** How many releases name an image that does not exist. */
const brokenShare = 0.12;

/** When somebody has noticed. */
const rollbackMs = 20_000;

/** Brings out a new image of an application that is well; a broken one is taken back. */
export const release: Habit = {
  name: 'release',
  gvr: gvrOf('apps.shop.example/v2', 'applications'),
  everyMs: 20_000,
  decide(objects, random) {
    const ready = objects.filter(isReleasable);
    if (ready.length === 0) return undefined;
    const application = pick(random, ready);
    const image = imageOf(application);
    const manager = random() < 0.6 ? 'argocd-application-controller' : 'kubectl-set';
    const next = nextImage(image, random);
    if (random() >= brokenShare) return setImage(application, next, manager);
    const broken = `${next}-broken`;
    return {
      ...setImage(application, broken, manager),
      afterthought: {
        afterMs: rollbackMs,
        // Somebody else may have seen to it meanwhile.
        decide: (object) =>
          imageOf(object) === broken ? setImage(object, image, manager) : undefined,
      },
    };
  },
};

const versionedImage = /^(.+):(\d+)\.(\d+)\.(\d+)$/;

function isReleasable(object: JsonObject): boolean {
  return healthOf(object).status === 'healthy' && versionedImage.test(imageOf(object));
}

/** The version after it; what has no readable one starts at 0.0.1. */
export function nextImage(image: string, random: () => number): string {
  const [, name = '', major = '0', minor = '0', patch = '0'] = versionedImage.exec(image) ?? [];
  return random() < 0.4
    ? `${name}:${major}.${Number(minor) + 1}.0`
    : `${name}:${major}.${minor}.${Number(patch) + 1}`;
}

function imageOf(object: JsonObject): string {
  return stringAt(listAt(object, 'spec', 'containers')[0], 'image') ?? '';
}

function setImage(object: JsonObject, image: string, manager: string): Change {
  const [first, ...others] = listAt(object, 'spec', 'containers');
  const changed = isJsonObject(first) ? { ...first, image } : { image };
  return change(object, manager, { containers: [changed, ...others] });
}

import { countAt, listAt, stringAt, type JsonObject } from '@kindscope/kube';
import { describe, expect, it } from 'vitest';
import { applicationController } from '../controllers/application.ts';
import { trafficSplitController } from '../controllers/traffic-split.ts';
import { seededRandom } from '../random.ts';
import { begun, created, edited } from '../testing/story.ts';
import type { Change, Deed } from './deed.ts';
import type { Habit } from './habit.ts';
import { habits } from './habits.ts';

function habit(name: string): Habit {
  const found = habits.find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(`Nobody has the habit ${name}.`);
  return found;
}

const application = begun(applicationController, created('Application'));
const split = begun(trafficSplitController, created('TrafficSplit'));
const containers = listAt(application, 'spec', 'containers');

function image(object: JsonObject): string {
  return stringAt(listAt(object, 'containers')[0], 'image') ?? '';
}

function changeOf(deed: Deed | undefined): Change {
  if (deed?.kind !== 'change') throw new Error('Nothing was changed.');
  return deed;
}

/** What is done with these objects, with a hundred different seeds. */
function deeds(name: string, objects: readonly JsonObject[]): (Deed | undefined)[] {
  return Array.from({ length: 100 }, (_, seed) => habit(name).decide(objects, seededRandom(seed)));
}

describe('people and pipelines', () => {
  it.each(habits.map(({ name }) => name))('decide the same from the same seed (%s)', (name) => {
    const kinds = {
      release: 'Application',
      scale: 'Application',
      'turn-flag': 'FeatureFlag',
      'try-canary': 'TrafficSplit',
    };
    const kind = kinds[name as keyof typeof kinds] ?? 'Pipeline';
    const settled: Record<string, JsonObject> = { Application: application, TrafficSplit: split };
    const object = settled[kind] ?? created(kind);
    expect(deeds(name, [object])).toMatchObject(
      deeds(name, [object]).map((deed) => JSON.parse(JSON.stringify(deed))),
    );
  });

  it('release the next version of the first container, and leave the others alone', () => {
    for (const deed of deeds('release', [application])) {
      const { spec, manager } = changeOf(deed);
      expect(image(spec)).toMatch(/^registry\.example\/checkout:\d+\.\d+\.\d+(-broken)?$/);
      expect(image(spec)).not.toBe(stringAt(containers[0], 'image'));
      expect(listAt(spec, 'containers').slice(1)).toEqual(containers.slice(1));
      expect(['argocd-application-controller', 'kubectl-set']).toContain(manager);
    }
  });

  it('now and then release an image that is broken, and take that back 20 s later', () => {
    const broken = deeds('release', [application])
      .map(changeOf)
      .filter(({ spec }) => image(spec).endsWith('-broken'));
    expect(broken.length).toBeGreaterThan(3);
    expect(broken.length).toBeLessThan(30);
    for (const { afterthought, spec, manager } of broken) {
      expect(afterthought?.afterMs).toBe(20_000);
      const rollback = afterthought?.decide(edited(application, spec));
      expect(rollback?.manager).toBe(manager);
      expect(image(rollback?.spec ?? {})).toBe(stringAt(containers[0], 'image'));
      expect(afterthought?.decide(application)).toBeUndefined();
    }
  });

  it('leave an application alone that is busy, stuck or of a version they cannot read', () => {
    const busy = edited(application, { replicas: 3 });
    const odd = begun(
      applicationController,
      edited(application, { containers: [{ name: 'web', image: 'registry.example/x:latest' }] }),
    );
    expect(deeds('release', [busy, odd]).filter((deed) => deed !== undefined)).toEqual([]);
    expect(deeds('scale', [busy]).filter((deed) => deed !== undefined)).toEqual([]);
  });

  it('scale by one replica, within 2 and 12', () => {
    for (const replicas of [2, 7, 12]) {
      const object = begun(applicationController, edited(created('Application'), { replicas }));
      for (const { spec, manager } of deeds('scale', [object]).map(changeOf)) {
        const wanted = countAt(spec, 'replicas') ?? 0;
        expect(Math.abs(wanted - replicas)).toBe(1);
        expect(wanted).toBeGreaterThanOrEqual(2);
        expect(wanted).toBeLessThanOrEqual(12);
        expect(manager).toBe('hpa');
      }
    }
  });

  it('try a new image for the canary of a split that rests, and touch no weight', () => {
    for (const { spec } of deeds('try-canary', [split]).map(changeOf)) {
      const [stable, canary] = listAt(spec, 'backends');
      expect([countAt(stable, 'weight'), countAt(canary, 'weight')]).toEqual([100, 0]);
      expect(stringAt(canary, 'image')).not.toBe(stringAt(stable, 'image'));
    }
    const busy = edited({ ...split, status: { phase: 'Progressing' } }, {});
    expect(deeds('try-canary', [busy]).filter((deed) => deed !== undefined)).toEqual([]);
  });

  it('turn flags within what the flag allows', () => {
    for (const { spec } of deeds('turn-flag', [created('FeatureFlag')]).map(changeOf)) {
      expect(Object.keys(spec)).toHaveLength(1);
      expect(countAt(spec, 'rollout') ?? 0).toBeLessThanOrEqual(100);
    }
  });
});

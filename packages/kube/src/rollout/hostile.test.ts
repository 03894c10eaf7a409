import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isJsonArray, isJsonObject } from '../json-access.ts';
import type { JsonObject, JsonValue } from '../json.ts';
import { jsonValues } from '../testing/arbitrary.ts';
import { recordedRollouts } from '../testing/rollouts/recorded.ts';
import { readKubernetesEvent } from './kubernetes-event.ts';
import { laneFacts } from './lane-facts.ts';
import { laneStatus } from './lane-status.ts';
import { rolloutProgress } from './progress.ts';
import { templatesOf } from './templates.ts';
import { turnsOf } from './turns.ts';

/** A recorded rollout with some values replaced by anything at all. */
const damaged = fc
  .record({
    scene: fc.constantFrom(...recordedRollouts),
    blows: fc.array(fc.tuple(fc.nat(), fc.array(fc.nat(), { maxLength: 6 }), jsonValues), {
      minLength: 1,
      maxLength: 4,
    }),
  })
  .map(({ scene, blows }) => {
    const objects = [scene.root, ...scene.owned];
    for (const [which, path, value] of blows) {
      const at = which % objects.length;
      const hit = replaced(objects[at] ?? null, path, value);
      objects[at] = isJsonObject(hit) ? hit : {};
    }
    return objects;
  });

function replaced(value: JsonValue, path: readonly number[], by: JsonValue): JsonValue {
  const [step, ...rest] = path;
  if (step === undefined) {
    return by;
  }
  if (isJsonArray(value) && value.length > 0) {
    const at = step % value.length;
    return value.map((item, index) => (index === at ? replaced(item, rest, by) : item));
  }
  const keys = isJsonObject(value) ? Object.keys(value) : [];
  const key = keys[step % keys.length];
  return isJsonObject(value) && key !== undefined
    ? { ...value, [key]: replaced(value[key] ?? null, rest, by) }
    : by;
}

/** Everything that is said of these objects, the first of which is the root. */
function told([root = {}, ...owned]: readonly JsonObject[]) {
  const nodes = owned.map((object) => ({
    uid: textOf(object, 'uid'),
    parent: parentOf(object),
    object,
  }));
  const turns = turnsOf(root, nodes);
  const lanes = [root, ...owned].map((object) => ({
    ...laneStatus(object, turns.get(textOf(object, 'uid'))),
    ...laneFacts(object),
  }));
  const progress = rolloutProgress(root, nodes);
  return { turns, lanes, progress, templates: templatesOf(root, owned) };
}

function textOf(object: JsonObject, key: string): string {
  const metadata = object['metadata'];
  const value = isJsonObject(metadata) ? metadata[key] : undefined;
  return typeof value === 'string' ? value : '';
}

function parentOf(object: JsonObject): string | undefined {
  const metadata = object['metadata'];
  const owners = isJsonObject(metadata) ? metadata['ownerReferences'] : undefined;
  const [first] = isJsonArray(owners) ? owners : [];
  const uid = isJsonObject(first) ? first['uid'] : undefined;
  return typeof uid === 'string' ? uid : undefined;
}

/** What no answer may be, whatever was asked. */
function faultsOf({ lanes, progress, templates }: ReturnType<typeof told>): string[] {
  const { updated, step, weight = 0, started, ended } = progress;
  const texts = [step?.text];
  const counts = [updated?.is, updated?.of, step?.is, step?.of];
  for (const lane of lanes) {
    texts.push(lane.word, lane.note, lane.revision, lane.templateHash);
    counts.push(lane.ready?.is, lane.ready?.of, lane.generation, lane.observedGeneration);
  }
  return [
    ...lanes.filter(({ word }) => word === '').map(() => 'an empty word'),
    ...texts.filter((text = '') => text.length > 100).map((text) => `a long text: ${text}`),
    ...counts.filter((count = 0) => !isCount(count)).map((count) => `no count: ${count}`),
    ...[started, ended].filter((time = 0) => !Number.isSafeInteger(time)).map(() => 'no time'),
    ...(isCount(weight) && weight <= 100 ? [] : [`no weight: ${weight}`]),
    ...((ended ?? Infinity) >= (started ?? -Infinity) ? [] : ['an end before the beginning']),
    ...(templates.filter(({ current }) => current).length <= 1 ? [] : ['two current templates']),
  ];
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}

describe('what is said of a rollout', () => {
  it('is sound whatever stands in place of any value', () => {
    fc.assert(
      fc.property(damaged, (objects) => {
        expect(faultsOf(told(objects))).toEqual([]);
      }),
      { numRuns: 600 },
    );
  });

  it('is the same whatever the order of the objects', () => {
    fc.assert(
      fc.property(
        fc
          .constantFrom(...recordedRollouts)
          .chain(({ root, owned }) =>
            fc
              .shuffledSubarray([...owned], { minLength: owned.length })
              .map((shuffled) => ({ root, owned, shuffled })),
          ),
        ({ root, owned, shuffled }) => {
          const [one, other] = [told([root, ...owned]), told([root, ...shuffled])];
          expect(new Map(other.turns)).toEqual(one.turns);
          expect(other.progress).toEqual(one.progress);
          expect(other.templates).toEqual(one.templates);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('changes none of the objects', () => {
    for (const { root, owned } of recordedRollouts) {
      const before = JSON.stringify([root, owned]);
      told([root, ...owned]);
      expect(JSON.stringify([root, owned])).toBe(before);
    }
  });

  it('stands lists longer than a call takes arguments, and texts longer than a page', () => {
    const many = Array.from({ length: 130_000 }, (_, at) => at);
    const long = 'WaitingForGodot '.repeat(20_000);
    const rootOf = (kind: string, apiVersion: string): JsonObject => ({
      apiVersion,
      kind,
      metadata: {
        uid: 'root',
        name: long,
        annotations: { 'deployment.kubernetes.io/revision': long },
        managedFields: many.map(() => ({
          time: '2026-11-22T10:00:00Z',
          fieldsV1: { 'f:spec': {} },
        })),
      },
      spec: {
        replicas: 3,
        strategy: { canary: { steps: many.map(() => ({ plugin: { name: long } })) } },
      },
      status: {
        phase: long,
        message: long,
        currentStepIndex: 1,
        currentPodHash: long,
        updateRevision: long,
        conditions: many.map((at) => ({ type: `T${at}`, status: 'True', observedGeneration: at })),
        metricResults: many.map((at) => ({ name: long, measurements: [{ value: `${at}` }] })),
      },
    });
    const jobs = many.map((at) => ({
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { uid: `job-${at}`, ownerReferences: [{ uid: 'root', controller: true }] },
    }));
    expect(faultsOf(told([rootOf('CronJob', 'batch/v1'), ...jobs]))).toEqual([]);
    expect(faultsOf(told([rootOf('Rollout', 'argoproj.io/v1alpha1')]))).toEqual([]);
    expect(faultsOf(told([rootOf('AnalysisRun', 'argoproj.io/v1alpha1')]))).toEqual([]);
    expect(faultsOf(told([rootOf('StatefulSet', 'apps/v1')]))).toEqual([]);
    expect(faultsOf(told([rootOf('Widget', 'example.com/v1')]))).toEqual([]);
  }, 60_000);
});

describe('readKubernetesEvent', () => {
  it('is sound whatever an Event holds', () => {
    const instant = fc.oneof(
      jsonValues,
      fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
    );
    const event = fc.record({
      metadata: fc.oneof(
        jsonValues,
        fc.record({ uid: fc.constant('e'), creationTimestamp: instant }),
      ),
      regarding: fc.oneof(jsonValues, fc.constant({ uid: 'pod' })),
      series: fc.oneof(jsonValues, fc.record({ count: jsonValues, lastObservedTime: instant })),
      eventTime: instant,
      firstTimestamp: instant,
      count: jsonValues,
      reason: jsonValues,
      note: jsonValues,
      reportingController: jsonValues,
      source: jsonValues,
    });
    fc.assert(
      fc.property(event, (object) => {
        const { count = 1, first = 0, last = 0 } = readKubernetesEvent(object) ?? {};
        expect(isCount(count) && count >= 1).toBe(true);
        expect([first, last].every((time) => Number.isSafeInteger(time))).toBe(true);
        expect(first).toBeLessThanOrEqual(last);
      }),
      { numRuns: 500 },
    );
  });
});

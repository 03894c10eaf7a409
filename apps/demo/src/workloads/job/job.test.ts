import { conditionOf, listAt, stringAt, valueAt, type JsonObject } from '@kindscope/kube';
import { describe, expect, it } from 'vitest';
import { createCluster } from '../testing/cluster.ts';
import { namesOf, start, type World } from '../testing/world.ts';
import { lastDue, nextDue, parseSchedule } from './schedule.ts';

const template = (tag: string): JsonObject => ({
  spec: {
    restartPolicy: 'Never',
    containers: [{ name: 'main', image: `registry.example/main:${tag}` }],
  },
});

function job(tag: string, spec: JsonObject = {}): World {
  const world = createCluster();
  world.put('jobs', {
    metadata: { name: 'one', namespace: 't' },
    spec: { template: template(tag), ...spec },
  });
  return world;
}

const one = ({ view }: World): JsonObject => view.get('jobs', 't/one') ?? {};
const conditions = (world: World): string[] =>
  listAt(one(world), 'status', 'conditions').map((entry) => stringAt(entry, 'type') ?? '');

describe('the Job controller', () => {
  it('runs a Job to its end', () => {
    const world = job('1.0.0', { completions: 3, parallelism: 2 });
    let most = 0;
    world.run(120_000, () => {
      most = Math.max(most, Number(valueAt(one(world), 'status', 'active') ?? 0));
    });
    expect(most).toBe(2);
    expect(one(world)['status']).toMatchObject({
      succeeded: 3,
      ready: 0,
      terminating: 0,
      uncountedTerminatedPods: {},
      startTime: expect.any(String),
      completionTime: expect.any(String),
    });
    expect(conditions(world)).toEqual(['SuccessCriteriaMet', 'Complete']);
    expect(conditionOf(one(world), 'Complete')).toMatchObject({
      reason: 'CompletionsReached',
      message: 'Reached expected number of succeeded pods',
    });
    expect(world.events.at(-1)).toMatchObject({ reason: 'Completed', message: 'Job completed' });
  });

  it('gives up after backoffLimit, waiting longer before each new pod', () => {
    const world = job('1-failing', { backoffLimit: 2 });
    world.run(120_000);
    expect(one(world)['status']).toMatchObject({ failed: 3 });
    expect(conditions(world)).toEqual(['FailureTarget', 'Failed']);
    expect(conditionOf(one(world), 'Failed')?.reason).toBe('BackoffLimitExceeded');
    const begun = Array.from(world.view.all('pods'), (pod) =>
      Date.parse(stringAt(pod, 'metadata', 'creationTimestamp') ?? ''),
    );
    const [first = 0, second = 0, third = 0] = begun;
    expect(third - second).toBeGreaterThan(second - first);
  });

  it('gives up after activeDeadlineSeconds, and takes its pods along', () => {
    const world = job('1-broken', { activeDeadlineSeconds: 30 });
    world.run(60_000);
    expect(conditionOf(one(world), 'Failed')?.reason).toBe('DeadlineExceeded');
    expect([...world.view.all('pods')]).toEqual([]);
  });

  it('is gone ttlSecondsAfterFinished after its end', () => {
    const world = job('1.0.0', { ttlSecondsAfterFinished: 60 });
    world.run(60_000);
    expect(conditions(world)).toContain('Complete');
    world.run(60_000);
    expect(namesOf(world.view.all('jobs'))).toEqual([]);
    expect(namesOf(world.view.all('pods'))).toEqual([]);
  });

  it('waits while it is suspended', () => {
    const world = job('1.0.0', { suspend: true });
    world.run(60_000);
    expect(conditionOf(one(world), 'Suspended')).toMatchObject({
      status: 'True',
      reason: 'JobSuspended',
    });
    expect([...world.view.all('pods')]).toEqual([]);
    world.edit('jobs', 't/one', { suspend: false });
    world.run(60_000);
    expect(conditionOf(one(world), 'Suspended')).toMatchObject({
      status: 'False',
      reason: 'JobResumed',
    });
    expect(conditions(world)).toContain('Complete');
    expect(world.events.map(({ reason }) => reason)).toContain('Suspended');
  });
});

describe('the CronJob controller', () => {
  function cronJob(spec: JsonObject): World {
    const world = createCluster();
    const jobTemplate = {
      metadata: { labels: { app: 'report' } },
      spec: { template: template('1.0.0') },
    };
    world.put('cronjobs', {
      metadata: { name: 'report', namespace: 't' },
      spec: { jobTemplate, ...spec },
    });
    return world;
  }

  it('creates a Job each time that it is due, named by its minute, and keeps the newest', () => {
    const world = cronJob({ schedule: '*/10 * * * *', successfulJobsHistoryLimit: 2 });
    world.run(45 * 60_000);
    const minute = start / 60_000;
    expect(namesOf(world.view.all('jobs'))).toEqual([
      `report-${minute + 30}`,
      `report-${minute + 40}`,
    ]);
    expect(world.view.get('cronjobs', 't/report')?.['status']).toEqual({
      lastScheduleTime: '2026-03-01T12:40:00Z',
      lastSuccessfulTime: expect.stringMatching(/^2026-03-01T12:40:\d\dZ$/),
    });
    const told = world.events.filter(({ about }) => about['kind'] === 'CronJob');
    expect(told.slice(0, 2).map(({ message }) => message)).toEqual([
      `Created job report-${minute + 10}`,
      `Saw completed job: report-${minute + 10}, condition: Complete`,
    ]);
  });

  it('creates none while it is suspended, nor beside a running one that must be alone', () => {
    const suspended = cronJob({ schedule: '* * * * *', suspend: true });
    suspended.run(300_000);
    expect(namesOf(suspended.view.all('jobs'))).toEqual([]);
    const jobTemplate = { spec: { template: template('1-broken') } };
    const alone = cronJob({ schedule: '* * * * *', concurrencyPolicy: 'Forbid', jobTemplate });
    alone.run(300_000);
    expect(namesOf(alone.view.all('jobs'))).toHaveLength(1);
  });

  it.each([
    ['*/15 * * * *', '2026-03-01T12:15:00Z'],
    ['30 3 * * *', '2026-03-02T03:30:00Z'],
    ['0 9 1,15 * *', '2026-03-15T09:00:00Z'],
    ['0 0 * * 1-5', '2026-03-02T00:00:00Z'],
    ['0 0 13 * 5', '2026-03-06T00:00:00Z'],
    ['5/20 12 * * *', '2026-03-01T12:05:00Z'],
  ])('reads the schedule %s', (text, next) => {
    const schedule = parseSchedule(text) ?? (() => false);
    expect(nextDue(schedule, start)).toBe(Date.parse(next));
    expect(lastDue(schedule, start, Date.parse(next))).toBe(Date.parse(next));
    expect(lastDue(schedule, start, Date.parse(next) - 1)).toBeUndefined();
  });

  it.each(['', '* * * *', '60 * * * *', '*/0 * * * *', '5-1 * * * *', '@daily', 'MON * * * *'])(
    'takes "%s" for no schedule',
    (text) => {
      expect(parseSchedule(text)).toBeUndefined();
    },
  );
});

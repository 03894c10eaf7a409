import { randomBytes } from 'node:crypto';
import { createFakeApiServer } from '@kindscope/fake-apiserver';
import { systemClock, type Log } from '@kindscope/informer';
import { keepUp } from './actor/actor.ts';
import { habits } from './actor/habits.ts';
import { calmRate, type DemoOptions } from './arguments.ts';
import { connect } from './connection.ts';
import { createControl } from './control/control.ts';
import { controllers } from './controllers/index.ts';
import { runController } from './controllers/run-controller.ts';
import { fill } from './fill.ts';
import { createReservations } from './reservations.ts';
import { createDirector } from './scenarios/director.ts';
import { scenarios } from './scenarios/index.ts';
import { seed } from './seed.ts';
import { runWorkloads } from './workloads/index.ts';

/** A cluster that lives. */
export interface DemoCluster {
  /** `http://127.0.0.1:PORT` */
  readonly server: string;
  /** YAML text. */
  readonly kubeconfig: string;
  /** Rejects when something in it broke that is a bug; never resolves before `stop`. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

/**
 * What everything random in the demo comes from. With this one the first minutes show something of everything:
 * releases that go well, one that gets stuck after 40 s, builds of which the third fails.
 */
export const demoSeed = 1481;

/**
 * Starts the API server, fills it, and lets the controllers run. Resolves when every object has the status
 * its controller gives it. Rejects when the port is taken.
 */
export async function startDemoCluster(options: DemoOptions, log: Log): Promise<DemoCluster> {
  const token = options.token ?? randomBytes(18).toString('base64url');
  const control = createControl();
  const { extend } = control;
  const api = await createFakeApiServer({ port: options.port, token, seed: demoSeed, extend });
  const stopping = new AbortController();
  const { signal } = stopping;
  const connection = connect(api.url, token, log);
  const { factory, client } = connection;

  async function stop(): Promise<void> {
    stopping.abort();
    await api.close();
    await connection.close();
  }

  try {
    const clock = systemClock;
    const there = await seed(client, { seed: demoSeed, now: clock.now(), signal });
    const count = options.objects - there;
    if (count > 0) await fill({ server: api.url, token, seed: demoSeed, count }, signal);
    const pace = options.rate / calmRate;
    const deps = { factory, client, clock, log, seed: demoSeed, pace };
    const reserved = { people: createReservations(), controllers: createReservations() };
    const tended = { ...deps, reserved: reserved.controllers };
    const running = controllers.map((controller) => runController(controller, tended, signal));
    running.push(runWorkloads(deps, signal));
    const settled = Promise.all(running.map((controller) => controller.settled));
    const controlled = Promise.all(running.map(({ done }) => done));
    await Promise.race([settled, controlled]);
    // At no pace nobody does anything; what the controllers have begun they end.
    const people = { ...deps, reserved: reserved.people };
    const acting = pace === 0 ? [] : habits.map((habit) => keepUp(habit, people, signal));
    const director = createDirector({ ...deps, ...reserved, scenarios }, signal);
    control.ready({ director, faults: api.faults });
    for (const scenario of scenarios) {
      if (options.scenarios.includes(scenario.name)) director.start(scenario);
    }
    const ended = Promise.all([controlled, ...acting]).then(() => undefined);
    return { server: api.url, kubeconfig: api.kubeconfig(), ended, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

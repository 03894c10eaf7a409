import { fateOf, isRestarted } from './fate.ts';

/**
 * A container on its node, as the container runtime knows it.
 *
 *   creating → pulling → running → exited
 *                 ↑ ↓       ↑        ↓
 *     pullFailed → pullBackOff   crashBackOff
 */
export type ContainerState =
  /** Its pod's sandbox is being made. */
  | { readonly kind: 'creating'; readonly since: number; readonly untilMs: number }
  | { readonly kind: 'pulling'; readonly since: number; readonly untilMs: number }
  | { readonly kind: 'pullFailed'; readonly since: number }
  | { readonly kind: 'pullBackOff'; readonly since: number; readonly untilMs: number }
  | {
      readonly kind: 'running';
      readonly since: number;
      readonly readyAtMs: number;
      readonly end: { readonly exitCode: number; readonly atMs: number } | undefined;
    }
  | { readonly kind: 'exited'; readonly since: number; readonly exit: Exit }
  | {
      readonly kind: 'crashBackOff';
      readonly since: number;
      readonly exit: Exit;
      readonly untilMs: number;
    };

export interface Exit {
  readonly exitCode: number;
  readonly startedAt: number;
  readonly finishedAt: number;
  /** Which container of that name it was. */
  readonly restarts: number;
}

export interface Container {
  readonly name: string;
  readonly image: string;
  readonly state: ContainerState;
  readonly restarts: number;
  /** How it ended before. */
  readonly last: Exit | undefined;
  /** The last back-off, milliseconds; 0: none yet. */
  readonly backOffMs: number;
  /** When it was last said that it is held back. */
  readonly saidAt: number;
}

/** What its pod asks for. */
export interface Setting {
  readonly restartPolicy: string;
  /** From its start to when its readiness probe succeeds. */
  readonly readyMs: number;
  /** Its image is on the node. */
  readonly present: boolean;
  readonly random: () => number;
}

/** What a step has to tell. */
export type Told =
  | 'pulling'
  | 'pulled'
  | 'present'
  | 'started'
  | 'pullFailed'
  | 'pullBackOff'
  | 'crashBackOff';

export interface Step {
  readonly container: Container;
  readonly told: readonly Told[];
}

/** kubelet: doubled from 10 s to 5 minutes, for pulls and for restarts. */
const leastBackOffMs = 10_000;
const mostBackOffMs = 300_000;
/** From a failed pull to the next look at the pod, which finds it backing off. */
const pullFailedMs = 2_000;
/** A crash is shown for so long before the next look finds it backing off. */
const exitedMs = 1_000;
/** How often it is said again that it is held back. */
const sayAgainMs = 15_000;

/** One that has just been given to the node. */
export function createContainer(
  name: string,
  image: string,
  now: number,
  random: () => number,
): Container {
  const state = { kind: 'creating', since: now, untilMs: now + 300 + 600 * random() } as const;
  return { name, image, state, restarts: 0, last: undefined, backOffMs: 0, saidAt: 0 };
}

/** One that has been running for ever: what a cluster begins with. */
export function createRunning(name: string, image: string, now: number): Container {
  const state = { kind: 'running', since: now, readyAtMs: now, end: undefined } as const;
  return { name, image, state, restarts: 0, last: undefined, backOffMs: 0, saidAt: 0 };
}

/** When its state changes by itself, or something is to be said again; undefined: never. */
export function nextAt(
  container: Container,
  { restartPolicy }: Setting,
  now: number,
): number | undefined {
  const { state, saidAt } = container;
  switch (state.kind) {
    case 'creating':
    case 'pulling':
      return state.untilMs;
    case 'pullFailed':
      return state.since + pullFailedMs;
    case 'pullBackOff':
    case 'crashBackOff':
      return Math.min(state.untilMs, saidAt + sayAgainMs);
    case 'running':
      return soonest(now, state.readyAtMs, state.end?.atMs);
    case 'exited':
      return isRestarted(restartPolicy, state.exit.exitCode) ? state.since + exitedMs : undefined;
    default:
      return state satisfies never;
  }
}

/** What has become of it by now: at most one change of state. */
export function step(container: Container, setting: Setting, now: number): Step {
  const { state } = container;
  switch (state.kind) {
    case 'creating':
      return now < state.untilMs ? same(container) : pull(container, setting, now);
    case 'pulling':
      return now < state.untilMs ? same(container) : pulled(container, setting, now);
    case 'pullFailed':
      return now < state.since + pullFailedMs ? same(container) : holdPull(container, now);
    case 'pullBackOff':
      return now < state.untilMs
        ? remind(container, 'pullBackOff', now)
        : pull(container, setting, now);
    case 'running':
      return state.end === undefined || now < state.end.atMs
        ? same(container)
        : exit(container, state.end.exitCode, now);
    case 'exited':
      return now < state.since + exitedMs
        ? same(container)
        : afterExit(container, state.exit, setting, now);
    case 'crashBackOff':
      return now < state.untilMs
        ? remind(container, 'crashBackOff', now)
        : restart(container, setting, now);
    default:
      return state satisfies never;
  }
}

/** It has been stopped, and ended well. */
export function stopped(container: Container, now: number): Container {
  return container.state.kind === 'running' ? exit(container, 0, now).container : container;
}

function same(container: Container): Step {
  return { container, told: [] };
}

function to(container: Container, state: ContainerState, ...told: readonly Told[]): Step {
  return { container: { ...container, state }, told };
}

function pull(container: Container, setting: Setting, now: number): Step {
  if (setting.present) {
    const started = start(container, setting, now);
    return { ...started, told: ['present', ...started.told] };
  }
  const untilMs = now + 700 + 1500 * setting.random();
  return to(container, { kind: 'pulling', since: now, untilMs }, 'pulling');
}

function pulled(container: Container, setting: Setting, now: number): Step {
  if (fateOf(container.image, setting.restartPolicy, 0).broken) {
    return to(container, { kind: 'pullFailed', since: now }, 'pullFailed');
  }
  const started = start(container, setting, now);
  return { ...started, told: ['pulled', ...started.told] };
}

function start(container: Container, setting: Setting, now: number): Step {
  const { end } = fateOf(container.image, setting.restartPolicy, setting.random());
  // One that is about to fail does not pass its probe before.
  const isFailing = end !== undefined && end.exitCode !== 0 && setting.readyMs > 0;
  const readyAtMs = isFailing ? Number.POSITIVE_INFINITY : now + setting.readyMs;
  const ending = end && { exitCode: end.exitCode, atMs: now + end.afterMs };
  return to(container, { kind: 'running', since: now, readyAtMs, end: ending }, 'started');
}

function holdPull(container: Container, now: number): Step {
  const backOffMs = nextBackOff(container.backOffMs);
  const state = { kind: 'pullBackOff', since: now, untilMs: now + backOffMs } as const;
  return to({ ...container, backOffMs, saidAt: now }, state, 'pullBackOff');
}

function remind(container: Container, what: Told, now: number): Step {
  if (now < container.saidAt + sayAgainMs) return same(container);
  return { container: { ...container, saidAt: now }, told: [what] };
}

function exit(container: Container, exitCode: number, now: number): Step {
  const { since } = container.state;
  const { restarts } = container;
  const ended = { exitCode, startedAt: since, finishedAt: now, restarts };
  return to(container, { kind: 'exited', since: now, exit: ended });
}

/** The first restart comes at once; from the second on it is held back. */
function afterExit(container: Container, ended: Exit, setting: Setting, now: number): Step {
  if (!isRestarted(setting.restartPolicy, ended.exitCode)) return same(container);
  if (container.restarts === 0) return restart(container, setting, now);
  const backOffMs = nextBackOff(container.backOffMs);
  const untilMs = ended.finishedAt + backOffMs;
  const state = { kind: 'crashBackOff', since: now, exit: ended, untilMs } as const;
  return to({ ...container, backOffMs, saidAt: now }, state, 'crashBackOff');
}

function restart(container: Container, setting: Setting, now: number): Step {
  const { state } = container;
  const last = 'exit' in state ? state.exit : container.last;
  const next = { ...container, restarts: container.restarts + 1, last };
  return pull(next, { ...setting, present: true }, now);
}

function soonest(now: number, ...times: readonly (number | undefined)[]): number | undefined {
  const ahead = times.filter((time) => time !== undefined && time > now);
  const first = Math.min(...ahead.map(Number));
  return Number.isFinite(first) ? first : undefined;
}

function nextBackOff(before: number): number {
  return before === 0 ? leastBackOffMs : Math.min(mostBackOffMs, before * 2);
}

import { describe, expect, test } from 'vitest';
import type { Failure, FailureKind } from './failure.ts';
import { handleOf, flag } from './testing/objects.ts';
import type { Effect, Phase, TimerName, WatcherInput, WatcherState } from './watcher-state.ts';
import { initialState, step } from './watcher-step.ts';

const moment = { now: 50_000, monotonic: 10_000, random: 0 };

function failure(kind: FailureKind, retryAfterMs?: number): Failure {
  const fault = { code: kind, stage: 'watch', detail: kind, status: undefined } as const;
  return { kind, fault, retryAfterMs };
}

const live: WatcherState = {
  ...initialState(0),
  status: { kind: 'live' },
  resourceVersion: '100',
  synced: true,
};

const phases = {
  idle: { kind: 'idle' },
  'listing page 1': { kind: 'listing', page: 1, received: 0, restarted: false },
  'listing again': { kind: 'listing', page: 2, received: 500, restarted: true },
  'watching, open': watching({ opened: true, events: 3 }),
  'watching, not open': watching({ opened: false, events: 0 }),
  'waiting to list': { kind: 'waiting', next: 'list', bidden: false },
  'waiting to watch': { kind: 'waiting', next: 'watch', bidden: false },
  'waiting as bidden': { kind: 'waiting', next: 'watch', bidden: true },
} as const satisfies Record<string, Phase>;

function watching(more: { readonly opened: boolean; readonly events: number }) {
  return { kind: 'watching', startedAt: 9_900, fresh: false, synthetic: false, ...more } as const;
}

const page = {
  objects: [handleOf(flag('a', 90))],
  resourceVersion: '120',
  continue: undefined,
  remaining: undefined,
  kind: 'Flag',
  skipped: 0,
};

const inputs = {
  start: { kind: 'start' },
  'last page': { kind: 'page', page },
  'page with more': { kind: 'page', page: { ...page, continue: 'token' } },
  disconnected: { kind: 'failed', failure: failure('disconnected') },
  garbled: { kind: 'failed', failure: failure('garbled') },
  busy: { kind: 'failed', failure: failure('busy', 7000) },
  expired: { kind: 'failed', failure: failure('expired') },
  tooLarge: { kind: 'failed', failure: failure('tooLarge') },
  forbidden: { kind: 'failed', failure: failure('forbidden') },
  notServed: { kind: 'failed', failure: failure('notServed') },
  refused: { kind: 'failed', failure: failure('refused') },
  sent: { kind: 'sent' },
  opened: { kind: 'opened' },
  object: { kind: 'object', type: 'MODIFIED', object: handleOf(flag('a', 130)) },
  bookmark: { kind: 'bookmark', resourceVersion: '140' },
  ended: { kind: 'ended' },
  retry: { kind: 'timer', name: 'retry' },
  recovered: { kind: 'recovered' },
  wake: { kind: 'wake' },
} as const satisfies Record<string, WatcherInput>;

/** What is asked of the server next, and when; `-` for no change at all. */
function summary(state: WatcherState, effects: readonly Effect[]): string {
  const asked = effects.find(({ kind }) => kind === 'list' || kind === 'watch');
  if (asked?.kind === 'list')
    return asked.continue === undefined ? 'list' : `list ${asked.continue}`;
  if (asked?.kind === 'watch') return `watch ${asked.resourceVersion}`;
  if (state.phase.kind === 'waiting') {
    const retry = timer(effects, 'retry');
    return retry === undefined ? '-' : `${state.phase.next} in ${retry}`;
  }
  if (effects.length > 0) return effects.map(({ kind }) => kind).join(' ');
  return state.resourceVersion === '100' ? '-' : `rv ${state.resourceVersion}`;
}

function timer(effects: readonly Effect[], name: TimerName): number | undefined {
  for (const effect of effects) {
    if (effect.kind === 'setTimer' && effect.name === name) return effect.ms;
  }
  return undefined;
}

const nothing = Object.fromEntries(Object.keys(inputs).map((name) => [name, '-'])) as Record<
  keyof typeof inputs,
  string
>;
const failedList = {
  disconnected: 'list in 800',
  garbled: 'list in 800',
  busy: 'list in 7000',
  forbidden: 'list in 800',
  notServed: 'list in 30000',
  refused: 'list in 800',
};
const failedWatch = {
  disconnected: 'watch in 800',
  garbled: 'watch in 800',
  busy: 'watch in 7000',
  expired: 'list',
  tooLarge: 'list',
  forbidden: 'list in 800',
  notServed: 'list in 30000',
  refused: 'list in 800',
};
const paged = { 'last page': 'watch 120', 'page with more': 'list token' };
const moving = { sent: 'setTimer', object: 'rv 130', bookmark: 'rv 140' };
const ready = { retry: 'watch 100', recovered: 'watch 100', wake: 'watch 100' };

const expected: Record<keyof typeof phases, Record<keyof typeof inputs, string>> = {
  idle: { ...nothing, start: 'list' },
  'listing page 1': { ...nothing, ...paged, ...failedList, expired: 'list', tooLarge: 'list' },
  'listing again': {
    ...nothing,
    ...paged,
    ...failedList,
    expired: 'list in 800',
    tooLarge: 'list in 800',
  },
  'watching, open': { ...nothing, ...failedWatch, ...moving, opened: '-', ended: 'watch 100' },
  'watching, not open': {
    ...nothing,
    ...failedWatch,
    ...moving,
    opened: '-',
    ended: 'watch in 800',
  },
  'waiting to list': { ...nothing, retry: 'list', recovered: 'list', wake: 'list' },
  'waiting to watch': { ...nothing, ...ready },
  'waiting as bidden': { ...nothing, retry: 'watch 100' },
};

describe('step', () => {
  test.each(
    Object.entries(expected).flatMap(([phase, row]) =>
      Object.entries(row).map(([input, outcome]) => [phase, input, outcome] as const),
    ),
  )('%s, %s: %s', (phase, input, outcome) => {
    const state = { ...live, phase: phases[phase as keyof typeof phases] };
    const next = step(state, inputs[input as keyof typeof inputs], moment);
    expect(summary(next.state, next.effects)).toBe(outcome);
  });

  test('[I3] a list that begins again says init again, so that no page of the first is kept', () => {
    const second = step(
      { ...live, phase: phases['listing again'] },
      { kind: 'failed', failure: failure('disconnected') },
      moment,
    );
    expect(second.events).toEqual([]);
    const begun = step(
      { ...live, phase: phases['listing page 1'] },
      inputs['page with more'],
      moment,
    );
    expect(begun.events.map(({ kind }) => kind)).toEqual(['init', 'initApply']);
    const again = step(begun.state, inputs.expired, moment);
    const end = step(again.state, inputs['last page'], moment);
    expect(end.events.map(({ kind }) => kind)).toEqual(['init', 'initApply', 'initDone']);
  });

  test('[I7] a watch lasts 300 to 600 s, evenly', () => {
    const seconds = [0, 0.5, 0.999999].map((random) => {
      const { effects } = step({ ...live, phase: phases['listing page 1'] }, inputs['last page'], {
        ...moment,
        random,
      });
      const watch = effects.find((effect) => effect.kind === 'watch');
      expect(timer(effects, 'watchdog')).toBe((watch?.timeoutSeconds ?? 0) * 1000 + 5000);
      return watch?.timeoutSeconds;
    });
    expect(seconds).toEqual([300, 450, 600]);
  });

  test('[I8] ADDED events of a watch from "0" are unordered and hold the resourceVersion, until the first other event', () => {
    const start = {
      ...live,
      resourceVersion: '0',
      phase: { ...watching({ opened: true, events: 0 }), synthetic: true },
    };
    const first = step(
      start,
      { kind: 'object', type: 'ADDED', object: handleOf(flag('a', 130)) },
      moment,
    );
    expect(first.state.resourceVersion).toBe('0');
    const other = step(first.state, inputs.bookmark, moment);
    expect(other.state.resourceVersion).toBe('140');
    const late = step(
      other.state,
      { kind: 'object', type: 'ADDED', object: handleOf(flag('b', 150)) },
      moment,
    );
    expect(late.state.resourceVersion).toBe('150');
  });

  test('[I8] a replayed older event does not take the resourceVersion back', () => {
    const state = { ...live, phase: phases['watching, open'] };
    const next = step(
      state,
      { kind: 'object', type: 'ADDED', object: handleOf(flag('a', 99)) },
      moment,
    );
    expect(next.state.resourceVersion).toBe('100');
  });

  test('[I10] a list whose own resourceVersion is too old at once is not repeated without a wait', () => {
    const phase = { ...watching({ opened: true, events: 0 }), fresh: true };
    const next = step({ ...live, phase }, inputs.expired, moment);
    expect(summary(next.state, next.effects)).toBe('list in 800');
  });

  test('[I13] only what has lost its connection asks the probe', () => {
    const asks = (name: keyof typeof inputs): boolean =>
      step({ ...live, phase: phases['watching, open'] }, inputs[name], moment).effects.some(
        ({ kind }) => kind === 'awaitRecovery',
      );
    expect(asks('disconnected')).toBe(true);
    for (const name of ['busy', 'refused', 'forbidden', 'notServed', 'garbled'] as const) {
      expect(asks(name)).toBe(false);
    }
  });

  test('[I13] a time named by a server that is starting up ends when the probe finds it ready; no other does', () => {
    const bidden = (kind: FailureKind) =>
      step(
        { ...live, phase: phases['watching, open'] },
        { kind: 'failed', failure: failure(kind, 5000) },
        moment,
      );
    for (const kind of ['busy', 'refused'] as const) {
      expect(step(bidden(kind).state, inputs.recovered, moment).effects).toEqual([]);
    }
    const starting = bidden('disconnected');
    expect(summary(starting.state, starting.effects)).toBe('watch in 5000');
    const next = step(starting.state, inputs.recovered, moment);
    expect(summary(next.state, next.effects)).toBe('watch 100');
  });

  test('[I13] a server that was found ready starts the back-off over', () => {
    const waiting = {
      ...live,
      attempt: 6,
      lastFailureAt: 9_000,
      phase: phases['waiting to watch'],
    };
    const waitAfter = (input: WatcherInput): string => {
      const going = step(waiting, input, moment);
      const again = step(going.state, inputs.disconnected, moment);
      return summary(again.state, again.effects);
    };
    expect(waitAfter(inputs.recovered)).toBe('watch in 800');
    expect(waitAfter(inputs.retry)).toBe('watch in 30000');
  });
});

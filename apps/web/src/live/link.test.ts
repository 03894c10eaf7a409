// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { backOffMs, stepLink, type LinkEffect, type LinkInput, type LinkState } from './link.ts';

type Kind = LinkState['kind'];
type Case =
  | 'welcome'
  | 'closed'
  | 'ended'
  | 'silent'
  | 'late'
  | 'free'
  | 'wanted'
  | 'due'
  | 'retry'
  | 'refused';

const now = 9_000;
const since = 5_000;
const states: Record<Kind, LinkState> = {
  connecting: { kind: 'connecting', attempt: 2, since },
  probing: { kind: 'probing', attempt: 2, since },
  waiting: { kind: 'waiting', attempt: 2, since },
  unauthorized: { kind: 'unauthorized', since },
  open: { kind: 'open', since },
};
const inputs: Record<Case, LinkInput> = {
  welcome: { kind: 'welcome' },
  closed: { kind: 'closed', unauthorized: false },
  ended: { kind: 'closed', unauthorized: true },
  silent: { kind: 'silent', heard: 7_000 },
  late: { kind: 'late' },
  free: { kind: 'probed', unauthorized: false },
  wanted: { kind: 'probed', unauthorized: true },
  due: { kind: 'due' },
  retry: { kind: 'retry' },
  refused: { kind: 'refused' },
};

const stays = 'stays';
type Expected = typeof stays | readonly [LinkState, ...LinkEffect[]];
const unauthorized: LinkState = { kind: 'unauthorized', since };
const refused: Expected = [unauthorized, 'drop'];
const reconnect: Expected = [{ kind: 'connecting', attempt: 2, since }, 'connect'];
const probing: Expected = [{ kind: 'probing', attempt: 2, since }, 'drop', 'probe'];

const table: Record<Kind, Record<Case, Expected>> = {
  connecting: {
    welcome: [{ kind: 'open', since: now }],
    closed: probing,
    ended: refused,
    silent: stays,
    late: probing,
    free: stays,
    wanted: stays,
    due: stays,
    retry: stays,
    refused,
  },
  probing: {
    welcome: stays,
    closed: stays,
    ended: stays,
    silent: stays,
    late: stays,
    free: [{ kind: 'waiting', attempt: 3, since }, 'wait'],
    wanted: [unauthorized],
    due: stays,
    retry: reconnect,
    refused,
  },
  waiting: {
    welcome: stays,
    closed: stays,
    ended: stays,
    silent: stays,
    late: stays,
    free: stays,
    wanted: stays,
    due: reconnect,
    retry: reconnect,
    refused,
  },
  unauthorized: {
    welcome: stays,
    closed: stays,
    ended: stays,
    silent: stays,
    late: stays,
    free: stays,
    wanted: stays,
    due: stays,
    retry: [{ kind: 'connecting', attempt: 0, since }, 'connect'],
    refused: stays,
  },
  open: {
    welcome: stays,
    closed: [{ kind: 'waiting', attempt: 0, since: now }, 'drop', 'wait'],
    ended: [{ kind: 'unauthorized', since: now }, 'drop'],
    silent: [{ kind: 'waiting', attempt: 0, since: 7_000 }, 'drop', 'wait'],
    late: stays,
    free: stays,
    wanted: stays,
    due: stays,
    retry: stays,
    refused: [{ kind: 'unauthorized', since: now }, 'drop'],
  },
};

describe('the link', () => {
  for (const [kind, row] of Object.entries(table) as [Kind, Record<Case, Expected>][]) {
    for (const [name, expected] of Object.entries(row) as [Case, Expected][]) {
      it(`goes from ${kind} on ${name} to ${expected === stays ? kind : expected[0].kind}`, () => {
        const [state, ...effects] = expected === stays ? [states[kind]] : expected;
        expect(stepLink(states[kind], inputs[name], now)).toEqual({ state, effects });
      });
    }
  }

  it('waits longer with each attempt, never longer than five seconds, never less than half', () => {
    expect([0, 1, 2, 10].map((attempt) => backOffMs(attempt, () => 1))).toEqual([
      400, 800, 1600, 5_000,
    ]);
    expect(backOffMs(10, () => 0)).toBe(2_500);
  });
});

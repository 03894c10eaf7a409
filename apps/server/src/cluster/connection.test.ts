import type { ConnectionState } from '@kindscope/informer';
import { createFakeClock } from '@kindscope/informer/testing';
import type { ClusterState } from '@kindscope/protocol';
import { expect, it } from 'vitest';
import { followConnection } from '../terminal.ts';
import { createClusterConnection } from './connection.ts';

function setup() {
  const listeners = new Set<(state: ConnectionState) => void>();
  let state: ConnectionState = { kind: 'connecting' };
  const connection = createClusterConnection({
    clock: createFakeClock(Date.UTC(2026, 0, 1)),
    probe: {
      get state() {
        return state;
      },
      onChange(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
  });
  const told: ClusterState['kind'][] = [];
  connection.onChange(({ kind }) => told.push(kind));
  const lines: string[] = [];
  const add = (line: string) => void lines.push(line);
  followConnection({ say: add, warn: add }, connection);
  return {
    connection,
    told,
    lines,
    become: (next: ConnectionState) => {
      state = next;
      for (const listener of listeners) listener(next);
    },
  };
}

function away(detail: string): ConnectionState {
  const fault = {
    code: 'network',
    stage: 'connect',
    detail,
    remedy: 'Look.',
    status: undefined,
  } as const;
  return { kind: 'unreachable', since: 0, fault };
}

it('says each new trouble once, and its end', () => {
  const { become, lines, told } = setup();
  become({ kind: 'connected' });
  become(away('Nothing answers.'));
  become(away('Nothing answers.'));
  become(away('No route.'));
  become({ kind: 'connected' });
  expect(lines).toEqual([
    'Nothing answers. Look. Kindscope keeps trying.',
    'No route. Look. Kindscope keeps trying.',
    'The cluster answers again.',
  ]);
  expect(told).toEqual(['connected', 'unreachable', 'unreachable', 'connected']);
});

it('is not connected where the credentials are refused, whatever the probe says', () => {
  const { connection, become, told } = setup();
  become({ kind: 'connected' });
  connection.refused({ code: 'unauthorized', detail: 'Refused.' });
  expect(connection.state).toEqual({
    kind: 'unreachable',
    since: '2026-01-01T00:00:00.000Z',
    fault: { code: 'unauthorized', detail: 'Refused.', remedy: 'Kindscope keeps trying.' },
  });
  become(away('Nothing answers.'));
  expect(connection.state).toMatchObject({ fault: { code: 'network' } });
  become({ kind: 'connected' });
  expect(connection.state).toMatchObject({ fault: { code: 'unauthorized' } });
  connection.refused(undefined);
  expect(connection.state).toEqual({ kind: 'connected' });
  expect(told.at(-1)).toBe('connected');
});

import type { ClusterState, Fault, Freshness } from '@kindscope/protocol';
import { describe, expect, it } from 'vitest';
import { faultLine, followCatalogue, followConnection } from './terminal.ts';

function createTerminal() {
  const lines: string[] = [];
  const add = (line: string) => void lines.push(line);
  return { lines, say: add, warn: add };
}

function createConnection(state: ClusterState) {
  const listeners = new Set<(state: ClusterState) => void>();
  return {
    state,
    onChange(listener: (state: ClusterState) => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    become(next: ClusterState) {
      this.state = next;
      for (const listener of listeners) listener(next);
    },
  };
}

const since = '2026-01-01T00:00:00Z';
const unreachable: ClusterState = {
  kind: 'unreachable',
  since,
  fault: { code: 'credentials', detail: 'No CA.', remedy: 'Look.' },
};

describe('a fault in the terminal', () => {
  it('is one line, whatever a server or a plugin put into it', () => {
    const fault = { code: 'x', detail: 'Log in\n first: \u001b]0;owned\u0007\r.', remedy: 'Do.' };
    expect(faultLine(fault)).toBe('Log in first: ]0;owned . Do.');
    expect(faultLine({ ...fault, detail: 'pods is forbidden' })).toBe('pods is forbidden. Do.');
  });
});

describe('the connection', () => {
  it('that was lost before anyone listened is said too', () => {
    const terminal = createTerminal();
    const connection = createConnection(unreachable);
    followConnection(terminal, connection);
    connection.become({ kind: 'connected' });
    expect(terminal.lines).toEqual(['No CA. Look.', 'The cluster answers again.']);
  });
});

describe('the catalogue', () => {
  const stale = (fault: Fault): Freshness => ({ kind: 'stale', since, fault });

  function follow(state: ClusterState) {
    const terminal = createTerminal();
    const connection = createConnection(state);
    const listeners = new Set<(freshness: Freshness) => void>();
    const catalog = {
      freshness: { kind: 'syncing', received: 0 } as Freshness,
      faults: [] as Fault[],
      onFreshness(listener: (freshness: Freshness) => void) {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
      become(freshness: Freshness, faults: Fault[] = []) {
        Object.assign(catalog, { freshness, faults });
        for (const listener of listeners) listener(freshness);
      },
    };
    followCatalogue(terminal, { catalog, connection });
    return { terminal, connection, catalog };
  }

  it('that may not be read is said once, in the words of discovery, and so is its end', () => {
    const { terminal, catalog } = follow({ kind: 'connected' });
    const fault = { code: 'bad-data', detail: 'A login page.', remedy: 'Log in.' };
    catalog.become(stale({ code: 'bad-data', detail: 'No list.' }), [fault]);
    catalog.become(stale({ code: 'bad-data', detail: 'No list.' }), [fault]);
    catalog.become({ kind: 'live' });
    expect(terminal.lines).toEqual(['A login page. Log in.', 'The cluster can be read again.']);
  });

  it('is left to the connection where that is lost, and alone where it will come by itself', () => {
    const { terminal, catalog, connection } = follow({ kind: 'connecting' });
    const forbidden = { code: 'forbidden', detail: 'Not allowed.' };
    const busy = { code: 'server-error', detail: 'Not ready.' };
    catalog.become(stale(busy), [busy]);
    catalog.become(stale(forbidden), []);
    connection.become(unreachable);
    catalog.become(stale(forbidden), [forbidden]);
    expect(terminal.lines).toEqual([]);
    connection.become({ kind: 'connected' });
    catalog.become(stale(forbidden), [forbidden]);
    expect(terminal.lines).toEqual(['Not allowed.']);
  });
});

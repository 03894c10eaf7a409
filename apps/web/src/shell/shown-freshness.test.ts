// @vitest-environment node
import { describe, expect, it } from 'vitest';
import type { ConnectionSnapshot } from '../live/index.ts';
import { shownFreshness } from './shown-freshness.ts';

const since = '2026-11-22T14:00:00.000Z';
const open: ConnectionSnapshot = {
  kind: 'open',
  since,
  cluster: { kind: 'connected' },
  unauthorized: false,
  fault: undefined,
  version: '0.1.0',
  instance: 'one',
};

describe('the freshness of the page', () => {
  it('is never green over a dead connection, whatever the page says', () => {
    expect(shownFreshness({ ...open, kind: 'closed' }, { kind: 'live' })).toEqual({
      kind: 'stale',
      since,
    });
  });

  it("is the page's own over a connection that stands", () => {
    const syncing = { kind: 'syncing', received: 3 } as const;
    expect(shownFreshness(open, syncing)).toBe(syncing);
  });

  it("is the cluster's where the page shows nothing live", () => {
    const fault = { code: 'network', detail: 'Nobody answers.' };
    expect(shownFreshness(open, undefined)).toEqual({ kind: 'live' });
    expect(
      shownFreshness({ ...open, cluster: { kind: 'unreachable', since, fault } }, undefined),
    ).toEqual({ kind: 'stale', since });
  });
});

import { describe, expect, test } from 'vitest';
import { createRecoveryProbe } from './recovery-probe.ts';
import type { ConnectionState } from './recovery-probe.ts';
import { createFakeClock, settle } from './testing/fake-clock.ts';
import { createFakeTransport } from './testing/fake-transport.ts';
import { silent } from './testing/informer-harness.ts';

function setUp(random = () => 0.5) {
  const clock = createFakeClock();
  const transport = createFakeTransport();
  const probe = createRecoveryProbe({ clock, transport, random, log: silent });
  const states: ConnectionState[] = [];
  probe.onChange((state) => states.push(state));
  return { clock, transport, probe, states };
}

describe('the recovery probe', () => {
  test('says connecting, then connected', async () => {
    const { probe, states } = setUp();
    expect(probe.state.kind).toBe('connecting');
    probe.check();
    await settle();
    expect(states).toEqual([{ kind: 'connected' }]);
  });

  test('[I13] asks once a second for everybody, and not at all when nothing is lost', async () => {
    const { clock, transport, probe } = setUp();
    await clock.advance(5000);
    expect(transport.probes).toBe(0);
    transport.readyz = undefined;
    for (let index = 0; index < 100; index += 1) probe.lost(() => undefined);
    await clock.advance(10_000);
    expect(transport.probes).toBe(11);
  });

  test('is unreachable at once, since the loss, and keeps saying since when', async () => {
    const { clock, transport, probe, states } = setUp();
    probe.check();
    await clock.advance(60_000);
    transport.readyz = undefined;
    const lost = clock.now();
    probe.lost(() => undefined);
    await settle();
    expect(probe.state).toMatchObject({
      kind: 'unreachable',
      since: lost,
      fault: { code: 'network' },
    });
    await clock.advance(3000);
    transport.readyz = 500;
    await clock.advance(3000);
    expect(probe.state).toMatchObject({
      since: lost,
      fault: { code: 'server-error', status: 500 },
    });
    transport.readyz = 200;
    await clock.advance(2000);
    expect(states.map(({ kind }) => kind)).toEqual([
      'connected',
      'unreachable',
      'unreachable',
      'connected',
    ]);
    expect(clock.pending).toBe(0);
  });

  test('[I13] wakes all within a second of the answer, not all at the same moment', async () => {
    let draw = 0;
    const { clock, transport, probe } = setUp(() => (draw += 0.01) % 1);
    transport.readyz = undefined;
    const woken: number[] = [];
    for (let index = 0; index < 100; index += 1) probe.lost(() => woken.push(clock.now()));
    await clock.advance(5500);
    transport.readyz = 200;
    await clock.advance(500);
    const answered = clock.now();
    await clock.advance(1000);
    expect(woken).toHaveLength(100);
    expect(Math.max(...woken) - answered).toBeLessThanOrEqual(1000);
    expect(new Set(woken).size).toBeGreaterThan(50);
  });

  test('[I13] wakes nobody where the server was never away: then the back-off stands', async () => {
    const { clock, probe } = setUp();
    let woken = 0;
    probe.lost(() => (woken += 1));
    await clock.advance(10_000);
    expect(woken).toBe(0);
  });

  test('asks at once when somebody else has had an answer', async () => {
    const { clock, transport, probe } = setUp();
    transport.readyz = undefined;
    probe.check();
    await settle();
    transport.readyz = 200;
    await settle();
    expect(probe.state.kind).toBe('unreachable');
    probe.check();
    probe.check();
    await settle();
    expect(probe.state.kind).toBe('connected');
    expect(transport.probes).toBe(2);
    expect(clock.pending).toBe(0);
  });

  test('refused credentials are as bad as no connection; any other refusal is an answer', async () => {
    const { transport, probe } = setUp();
    transport.readyz = 401;
    probe.check();
    await settle();
    expect(probe.state).toMatchObject({ kind: 'unreachable', fault: { code: 'unauthorized' } });
    const other = setUp();
    other.transport.readyz = 403;
    other.probe.check();
    await settle();
    expect(other.probe.state.kind).toBe('connected');
  });

  test('who no longer waits is not woken, and stopping leaves no timer', async () => {
    const { clock, transport, probe } = setUp();
    transport.readyz = undefined;
    let woken = 0;
    const cancel = probe.lost(() => (woken += 1));
    probe.lost(() => (woken += 1));
    await clock.advance(1000);
    transport.readyz = 200;
    await clock.advance(1000);
    cancel();
    expect(woken).toBeLessThan(2);
    await clock.advance(1000);
    expect(woken).toBe(1);
    transport.readyz = undefined;
    probe.lost(() => undefined);
    await settle();
    probe.stop();
    await settle();
    expect(clock.pending).toBe(0);
  });
});

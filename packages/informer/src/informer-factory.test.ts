import { describe, expect, test } from 'vitest';
import { createInformerFactory } from './informer-factory.ts';
import { createRecoveryProbe } from './recovery-probe.ts';
import { createFakeClock, settle } from './testing/fake-clock.ts';
import { createFakeTransport } from './testing/fake-transport.ts';
import { silent } from './testing/informer-harness.ts';
import { flag, flags, listOf } from './testing/objects.ts';

function setUp() {
  const clock = createFakeClock();
  const transport = createFakeTransport();
  const deps = { clock, transport, random: () => 0, log: silent };
  const probe = createRecoveryProbe(deps);
  const factory = createInformerFactory({
    ...deps,
    probe,
    lingerMs: 1000,
    transform: (object, gvr) => ({ ...object, spec: { of: gvr.resource } }),
  });
  return { clock, transport, factory };
}

describe('the informer factory', () => {
  test('[I24] shares one informer among all who ask for the same, and none among others', async () => {
    const { transport, factory } = setUp();
    const one = factory.acquire({ gvr: flags });
    const two = factory.acquire({ gvr: { ...flags } });
    expect(two.informer).toBe(one.informer);
    const others = [
      { gvr: { ...flags, version: 'v2' } },
      { gvr: flags, namespace: 'default' },
      { gvr: flags, labelSelector: 'a=b' },
      { gvr: flags, fieldSelector: 'a=b' },
      { gvr: flags, form: 'metadata' as const },
    ].map((target) => factory.acquire(target).informer);
    expect(new Set([one.informer, ...others]).size).toBe(6);
    await settle();
    expect(transport.exchanges).toHaveLength(6);
    const references = [...factory.informers()].map((entry) => entry.references);
    expect(references).toEqual([2, 1, 1, 1, 1, 1]);
    await factory.stop();
  });

  test('[I24] stops an informer a while after its last lease, and not when somebody comes back', async () => {
    const { clock, transport, factory } = setUp();
    const one = factory.acquire({ gvr: flags });
    const two = factory.acquire({ gvr: flags });
    one.release();
    one.release();
    await clock.advance(5000);
    expect(transport.open).toBe(1);
    two.release();
    await clock.advance(999);
    const three = factory.acquire({ gvr: flags });
    expect(three.informer).toBe(one.informer);
    await clock.advance(5000);
    expect(transport.open).toBe(1);
    three.release();
    await clock.advance(1000);
    expect(transport.open).toBe(0);
    expect([...factory.informers()]).toEqual([]);
    expect(factory.acquire({ gvr: flags }).informer).not.toBe(one.informer);
    await factory.stop();
  });

  test('tells the transform what resource an object is of', async () => {
    const { transport, factory } = setUp();
    const { informer } = factory.acquire({ gvr: flags });
    await settle();
    transport.take().answer(200, listOf(10, [flag('a', 1)]));
    await settle();
    expect(informer.store.get('default/a')?.parse()['spec']).toEqual({ of: 'flags' });
    await factory.stop();
  });

  test('[fault 37] a thousand races of acquire, release and time leave one upstream watch, then nothing', async () => {
    const { clock, transport, factory } = setUp();
    let seed = 42;
    const random = (): number => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647;
    const leases: { release(): void }[] = [];
    for (let index = 0; index < 1000; index += 1) {
      const draw = random();
      if (draw < 0.45) leases.push(factory.acquire({ gvr: flags }));
      else if (draw < 0.9) leases.splice(Math.floor(random() * leases.length), 1)[0]?.release();
      else await clock.advance(Math.floor(random() * 1500));
      expect(transport.open).toBeLessThanOrEqual(1);
    }
    for (const lease of leases) lease.release();
    await clock.advance(1000);
    expect(transport.open).toBe(0);
    expect(clock.pending).toBe(0);
    await factory.stop();
  });

  test('[I27] stop ends what is leased and what lingers, and then none is given', async () => {
    const { clock, transport, factory } = setUp();
    factory.acquire({ gvr: flags });
    factory.acquire({ gvr: flags, namespace: 'x' }).release();
    await settle();
    await factory.stop();
    expect(transport.open).toBe(0);
    expect(clock.pending).toBe(0);
    expect(() => factory.acquire({ gvr: flags })).toThrow('has been stopped');
  });
});

import type { StoreEvent } from '../event.ts';
import type { Transform } from '../informer-deps.ts';
import type { InformerState } from '../informer-state.ts';
import type { InformerTarget } from '../informer-target.ts';
import { createInformer } from '../informer.ts';
import type { Informer } from '../informer.ts';
import type { Log } from '../log.ts';
import { createRecoveryProbe } from '../recovery-probe.ts';
import type { RecoveryProbe } from '../recovery-probe.ts';
import { createFakeClock, settle } from './fake-clock.ts';
import type { FakeClock } from './fake-clock.ts';
import { createFakeTransport } from './fake-transport.ts';
import type { Exchange, FakeStream, FakeTransport } from './fake-transport.ts';
import { flags, listOf } from './objects.ts';

export const silent: Log = { debug() {}, info() {}, warn() {}, error() {} };

export interface Harness {
  readonly clock: FakeClock;
  readonly transport: FakeTransport;
  readonly probe: RecoveryProbe;
  readonly informer: Informer;
  readonly events: StoreEvent[];
  readonly states: InformerState[];
  /** `add a@1`, `update a@2`, `delete a@2`, `synced`, `reset`. */
  readonly told: string[];
  readonly stop: () => Promise<void>;
  /** Answers the first list and opens the watch after it. */
  readonly live: (
    items: Parameters<typeof listOf>[1],
    resourceVersion?: number,
  ) => Promise<FakeStream>;
  /** Takes the next request, which must be a list or a watch as said. */
  readonly next: (kind: 'list' | 'watch') => Promise<Exchange>;
}

export function createHarness(
  options: {
    readonly transform?: Transform;
    readonly random?: () => number;
  } & Partial<InformerTarget> = {},
): Harness {
  const clock = createFakeClock();
  const transport = createFakeTransport();
  const random = options.random ?? (() => 0);
  const deps = { transport, clock, random, log: silent };
  const probe = createRecoveryProbe(deps);
  const informer = createInformer({ gvr: flags, ...deps, probe, ...options });
  const events: StoreEvent[] = [];
  const told: string[] = [];
  const states: InformerState[] = [];
  informer.addHandler((event) => {
    events.push(event);
    told.push(tell(event));
  });
  informer.onState((state) => states.push(state));
  const abort = new AbortController();
  const finished = informer.start(abort.signal);

  async function next(kind: 'list' | 'watch'): Promise<Exchange> {
    await settle();
    const exchange = transport.take();
    const found = exchange.query['watch'] === undefined ? 'list' : 'watch';
    if (found !== kind) throw new Error(`expected a ${kind}, found a ${found}`);
    return exchange;
  }

  return {
    clock,
    transport,
    probe,
    informer,
    events,
    states,
    told,
    next,
    async live(items, resourceVersion = 100) {
      (await next('list')).answer(200, listOf(resourceVersion, items));
      const stream = (await next('watch')).open();
      await settle();
      return stream;
    },
    async stop() {
      abort.abort();
      probe.stop();
      await finished;
    },
  };
}

export function tell(event: StoreEvent): string {
  switch (event.kind) {
    case 'add':
    case 'update':
      return `${event.kind} ${event.new.name}@${event.new.resourceVersion}`;
    case 'delete':
      return `delete ${event.old.name}@${event.old.resourceVersion}`;
    default:
      return event.kind;
  }
}

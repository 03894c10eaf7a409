import type { Clock, InformerFactory, Log } from '@kindscope/informer';
import { isTolerable, type Client } from '../client.ts';
import { gvrOf } from '../gvr.ts';
import { pause } from '../pause.ts';
import { randomOf } from '../random.ts';
import type { Reservations } from '../reservations.ts';
import type { Change, Deed } from './deed.ts';
import type { Habit } from './habit.ts';

export interface ActorDeps {
  readonly factory: InformerFactory;
  readonly client: Client;
  readonly clock: Clock;
  readonly log: Log;
  readonly seed: number;
  /** 1 is calm; at 10 everything is done ten times as often. More than 0. */
  readonly pace: number;
  /** What people keep their hands off for now. */
  readonly reserved?: Reservations;
}

/** Two deeds of one habit are never nearer than this, however hurried the cluster is. */
const shortestMs = 20;

/** Keeps up one habit until the signal aborts. Rejects with a bug. */
export async function keepUp(habit: Habit, deps: ActorDeps, signal: AbortSignal): Promise<void> {
  const { factory, client, clock, log, seed, pace, reserved } = deps;
  const { gvr, labelSelector } = habit;
  const lease = factory.acquire({ gvr, labelSelector });
  const { store } = lease.informer;
  const afterthoughts = new Set<Promise<void>>();

  /** What cannot be done is not done. */
  async function attempt(write: Promise<unknown>): Promise<void> {
    try {
      await write;
    } catch (error) {
      if (!signal.aborted && !isTolerable(error, log)) throw error;
    }
  }

  async function perform(deed: Deed): Promise<void> {
    if (deed.kind === 'create') {
      const { apiVersion, resource, manager, body } = deed.object;
      const { namespace } = body.metadata;
      const write = { gvr: gvrOf(apiVersion, resource), namespace, manager, signal };
      await attempt(client.create(write, body));
      return;
    }
    const { namespace, manager, name, spec } = deed;
    await attempt(client.patch({ gvr, namespace, manager, signal }, name, { spec }));
    if (deed.afterthought === undefined) return;
    const thought = thinkAgain(deed, deed.afterthought);
    afterthoughts.add(thought);
    void thought.finally(() => afterthoughts.delete(thought));
  }

  async function thinkAgain(
    { namespace, name }: Change,
    { afterMs, decide }: NonNullable<Change['afterthought']>,
  ): Promise<void> {
    await pause(clock, afterMs, signal);
    const handle = store.get(`${namespace}/${name}`);
    const free = handle !== undefined && reserved?.has(gvr, handle.key) !== true;
    const deed = signal.aborted || !free ? undefined : decide(handle.parse());
    if (deed !== undefined) await perform(deed);
  }

  for (let turn = 0; !signal.aborted; turn += 1) {
    const random = randomOf(`${seed} ${habit.name} ${turn}`);
    // Somebody who has just come need not wait long for the first.
    const share = (turn === 0 ? 0.3 : 1) * (0.7 + 0.6 * random());
    const waitMs = (habit.everyMs * share) / pace;
    await pause(clock, Math.max(shortestMs, waitMs), signal);
    const handles = [...store.values()]
      .filter(({ key }) => reserved?.has(gvr, key) !== true)
      .sort((a, b) => (a.key < b.key ? -1 : 1));
    if (signal.aborted || handles.length === 0) continue;
    const deed = habit.decide(
      handles.map((handle) => handle.parse()),
      random,
    );
    if (deed !== undefined) await perform(deed);
  }
  await Promise.all(afterthoughts);
  lease.release();
}

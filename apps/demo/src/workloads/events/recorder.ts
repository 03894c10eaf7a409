import type { Clock, Log } from '@kindscope/informer';
import { stringAt } from '@kindscope/kube';
import { isRefusal, isTolerable, type Client, type Write } from '../../client.ts';
import type { Announcement } from '../deed.ts';
import { kinds } from '../kinds.ts';
import { createCorrelator } from './correlator.ts';
import { eventAgain, eventOf, namespaceOf } from './event.ts';

/** Writes Events, as every component of a cluster does: what cannot be written is lost. */
export interface Recorder {
  /** Rejects with a bug alone. */
  record(
    by: { readonly component: string; readonly manager: string },
    announcement: Announcement,
    signal: AbortSignal,
  ): Promise<void>;
}

export function createRecorder(deps: {
  readonly client: Client;
  readonly clock: Clock;
  readonly log: Log;
}): Recorder {
  const { client, clock, log } = deps;
  const correlator = createCorrelator();
  /** Names are told apart by their time, in nanoseconds: no two are the same. */
  let latest = 0n;

  function nextName(announcement: Announcement): string {
    const now = BigInt(clock.now()) * 1_000_000n;
    latest = now > latest ? now : latest + 1n;
    return `${stringAt(announcement.about, 'metadata', 'name')}.${latest.toString(16)}`;
  }

  async function write(component: string, announcement: Announcement, to: Write): Promise<void> {
    const now = clock.now();
    const correlated = correlator.observe(component, announcement, now);
    if (correlated.kind === 'dropped') return;
    if (correlated.kind === 'new') {
      const name = nextName(announcement);
      const { message } = correlated;
      await client.create(to, eventOf(component, announcement, { name, message, now }));
      correlated.remember(name);
      return;
    }
    try {
      const patch = eventAgain(announcement, { ...correlated, now });
      await client.patch(to, correlated.name, patch);
    } catch (error) {
      if (!isRefusal(error, 404)) throw error;
      // Events live for an hour, or as long as their namespace: it is gone.
      correlated.forget();
      await write(component, announcement, to);
    }
  }

  return {
    async record({ component, manager }, announcement, signal) {
      const { gvr } = kinds.events;
      const namespace = namespaceOf(announcement.about);
      try {
        await write(component, announcement, { gvr, namespace, manager, signal });
      } catch (error) {
        if (!isTolerable(error, log)) throw error;
      }
    },
  };
}

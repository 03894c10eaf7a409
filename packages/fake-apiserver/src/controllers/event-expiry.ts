import type { Cluster } from '../cluster.ts';
import type { StoredObject } from '../storage/stored-object.ts';
import { attempt } from './background.ts';

/** kube-apiserver's `--event-ttl`. */
const TTL_MS = 60 * 60 * 1000;

/** Deletes Events an hour after their last write, as etcd does when their leases end. */
export function runEventExpiry({ clock, lifecycle, registry }: Cluster): void {
  const events = registry.byResource('', 'events');
  /** All live equally long: what was written first is due first. */
  const due = new Map<string, { readonly stored: StoredObject; readonly at: number }>();
  let waiting = false;

  lifecycle.subscribe({
    written(type, stored) {
      if (type !== events) return;
      due.delete(stored.key);
      due.set(stored.key, { stored, at: clock.now() + TTL_MS });
      wait();
    },
    removed(type, { key }) {
      if (type === events) due.delete(key);
    },
  });

  function wait(): void {
    const [next] = due.values();
    if (waiting || next === undefined) return;
    waiting = true;
    clock.after(next.at - clock.now(), expire);
  }

  function expire(): void {
    waiting = false;
    for (const [key, { stored, at }] of due) {
      if (at > clock.now() || events === undefined) break;
      due.delete(key);
      attempt(() => lifecycle.delete(events, stored));
    }
    wait();
  }
}

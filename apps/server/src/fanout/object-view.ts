import type { ObjectHandle } from '@kindscope/informer';
import { stringifyJson } from '@kindscope/kube';
import type { Lease } from '../catalog/object-source.ts';
import { createFreshnessWatch } from './freshness-watch.ts';
import type { Body, View, ViewSignals } from './view.ts';

/** The object, or null when there is none; undefined while nobody knows. */
type Known = ObjectHandle | null | undefined;

function objectBody(known: ObjectHandle | null): Body {
  // As text, so that numbers keep their digits.
  const object = known === null ? 'null' : stringifyJson(known.parse());
  return { type: 'object', members: `"object":${object}` };
}

/** One object, whole, whenever it changes; null when it is gone. */
export function createObjectView(lease: Lease, key: string, signals: ViewSignals): View {
  const { source } = lease;
  const freshness = createFreshnessWatch(() => source.freshness);

  /** Whether what is not there does not exist: not before the first list is whole. */
  let complete =
    ['live', 'reconnecting', 'gone'].includes(source.freshness.kind) ||
    (source.freshness.kind === 'stale' && source.size > 0);

  function read(): Known {
    return source.get(key) ?? (complete ? null : undefined);
  }

  let published = read();
  const off = source.subscribe({
    onEvent(event) {
      if (event.kind === 'synced') complete = true;
      if (event.kind === 'reset') complete = false;
      const touched = event.kind === 'delete' ? event.old : 'new' in event ? event.new : undefined;
      if (touched === undefined || touched.key === key) signals.dirty();
    },
    onFreshness: signals.dirty,
  });

  return {
    uniform: true,
    get freshness() {
      return freshness.shown;
    },
    beginning: () => ({}),
    flush() {
      const before = published;
      const now = read();
      // While it is not known again, what was known stands; freshness says of when it is.
      if (now !== undefined) published = now;
      const bodies = now === undefined || now === before ? [] : [objectBody(now)];
      return [...bodies, ...freshness.flush()];
    },
    snapshot: () => (published === undefined ? [] : [objectBody(published)]),
    close() {
      off();
      lease.release();
    },
  };
}

import type { Change, MarkObject } from '@kindscope/protocol';
import type { ChangeEntry, Labels } from './change-log.ts';

/** The objects that logged changes are of: one record each, however many changes there are. */
export interface LoggedObjects {
  /** The record of a change's object, counted as used once more. */
  use(change: Pick<Change, 'resource' | 'kind' | 'namespace' | 'name' | 'uid'>): MarkObject;
  /** The same labels, and those very ones that were given last where they are the same. */
  share(object: MarkObject, labels: ChangeEntry['labels']): ChangeEntry['labels'];
  /** One change fewer is of this object; the last one takes the record along. */
  release(object: MarkObject): void;
}

interface Known {
  readonly object: MarkObject;
  uses: number;
  labels: Labels | undefined;
}

export function createLoggedObjects(): LoggedObjects {
  const known = new Map<string, Known>();
  const idOf = ({ resource, uid, namespace, name }: MarkObject): string =>
    `${resource.group}/${resource.version}/${resource.resource} ${uid} ${namespace}/${name}`;

  return {
    use({ resource, kind, namespace, name, uid }) {
      const object = { resource, kind, namespace, name, uid };
      const id = idOf(object);
      const held = known.get(id) ?? { object, uses: 0, labels: undefined };
      held.uses += 1;
      known.set(id, held);
      return held.object;
    },
    share(object, { before, after }) {
      const held = known.get(idOf(object));
      const first = same(held?.labels, before);
      const last = same(first ?? held?.labels, after);
      if (held !== undefined) held.labels = last ?? first;
      return { before: first, after: last };
    },
    release(object) {
      const id = idOf(object);
      const held = known.get(id);
      if (held === undefined) return;
      held.uses -= 1;
      if (held.uses === 0) known.delete(id);
    },
  };
}

/** `labels`, by the ones that are known if they are equal. */
function same(held: Labels | undefined, labels: Labels | undefined): Labels | undefined {
  return held !== undefined && labels !== undefined && equal(held, labels) ? held : labels;
}

function equal(a: Labels, b: Labels): boolean {
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && a[key] === b[key])
  );
}

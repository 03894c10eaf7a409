import type { Change, MarkObject } from '@kindscope/protocol';

/** The objects that logged changes are of: one record each, however many changes there are. */
export interface LoggedObjects {
  /** The record of a change's object, counted as used once more. */
  use(change: Pick<Change, 'resource' | 'kind' | 'namespace' | 'name' | 'uid'>): MarkObject;
  /** One change fewer is of this object; the last one takes the record along. */
  release(object: MarkObject): void;
}

export function createLoggedObjects(): LoggedObjects {
  const known = new Map<string, { readonly object: MarkObject; uses: number }>();
  const idOf = ({ resource, uid, namespace, name }: MarkObject): string =>
    `${resource.group}/${resource.version}/${resource.resource} ${uid} ${namespace}/${name}`;

  return {
    use({ resource, kind, namespace, name, uid }) {
      const object = { resource, kind, namespace, name, uid };
      const id = idOf(object);
      const held = known.get(id) ?? { object, uses: 0 };
      held.uses += 1;
      known.set(id, held);
      return held.object;
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

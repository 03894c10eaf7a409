import { isJsonObject, type JsonObject } from '@kindscope/kube';
import type { ContentFrame } from './cursor.ts';
import { createSharedView, type ViewDeps } from './shared-view.ts';
import type { ObjectQuery, ObjectSnapshot, View } from './types.ts';

/** One object, whole, and what it was before its newest change. */
export function createObjectView(
  deps: ViewDeps,
  query: ObjectQuery,
  onIdle: () => void,
): View<ObjectSnapshot> {
  let object: JsonObject | null | undefined;
  let previous: JsonObject | undefined;

  const apply = (frame: ContentFrame) => {
    if (frame.type !== 'object') return;
    const next = isJsonObject(frame.object) ? frame.object : null;
    if (isJsonObject(object) && versionOf(object) !== versionOf(next)) previous = object;
    object = next;
  };
  return createSharedView(deps, {
    request: () => ({ view: 'object', ...query }),
    apply: (event) => {
      if (event.kind === 'delta') apply(event.frame);
      else event.frames.forEach(apply);
    },
    publish: (state) => ({ ...state, object, previous, ready: object !== undefined }),
    onIdle,
  });
}

function versionOf(object: JsonObject | null): unknown {
  const metadata = object?.['metadata'];
  return isJsonObject(metadata) ? metadata['resourceVersion'] : undefined;
}

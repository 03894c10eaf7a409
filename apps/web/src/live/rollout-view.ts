import { createRolloutModel } from './rollout-model.ts';
import { createSharedView, type ViewDeps } from './shared-view.ts';
import type { ObjectQuery, RolloutSnapshot, View } from './types.ts';

/** One object and everything it owns, as it rolls out. */
export function createRolloutView(
  deps: ViewDeps,
  query: ObjectQuery,
  onIdle: () => void,
): View<RolloutSnapshot> {
  let model = createRolloutModel();
  let ready = false;
  let version = 0;

  return createSharedView(deps, {
    request: () => ({ view: 'rollout', ...query }),
    apply: (event) => {
      if (event.kind === 'snapshot') {
        model = createRolloutModel();
        ready = true;
      }
      const frames = event.kind === 'snapshot' ? event.frames : [event.frame];
      for (const frame of frames) if (frame.type === 'rollout') model.add(frame);
      version += 1;
    },
    publish: (state) => {
      const held = model.state();
      return { ...state, ...held, root: ready ? held.root : undefined, ready, version };
    },
    onIdle,
  });
}

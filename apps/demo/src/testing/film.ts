import type { InformerFactory } from '@kindscope/informer';
import { objectKey, type JsonObject } from '@kindscope/kube';
import type { Target } from '../scenarios/scenario.ts';

/** Every state of an object, in order, as a watcher has seen it. */
export interface Film {
  readonly frames: readonly JsonObject[];
  stop(): void;
}

export function film(factory: InformerFactory, { gvr, namespace = '', name }: Target): Film {
  const frames: JsonObject[] = [];
  const lease = factory.acquire({ gvr });
  const registration = lease.informer.addHandler((event) => {
    if (event.kind !== 'add' && event.kind !== 'update') return;
    if (event.new.key === objectKey(namespace, name)) frames.push(event.new.parse());
  });
  return {
    frames,
    stop() {
      registration.remove();
      lease.release();
    },
  };
}

/** What is seen in the frames, one after the other, without repeats. */
export function scenes<T>({ frames }: Film, look: (frame: JsonObject) => T): T[] {
  const seen = frames.map(look);
  return seen.filter(
    (scene, index) => index === 0 || JSON.stringify(scene) !== JSON.stringify(seen[index - 1]),
  );
}

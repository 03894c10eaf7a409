import type { ObjectHandle } from '@kindscope/informer';
import { readKubernetesEvent, type KubernetesEvent } from '@kindscope/kube';
import type { Freshness, ResourceRef, RolloutLack } from '@kindscope/protocol';
import type { Catalog } from '../catalog/catalog.ts';
import { createTreeWatch, type TreeWatch, type WatchSink } from './tree-watch.ts';

/** What Kubernetes says of the objects of a tree. */
export interface TreeEvents {
  /** About these objects; in no order, of too many the newest. */
  about(uids: Iterable<string>): readonly KubernetesEvent[];
  readonly answered: boolean;
  readonly lacks: readonly RolloutLack[];
  readonly freshness: Freshness;
  retry(): void;
  close(): void;
}

export interface TreeEventsDeps {
  readonly catalog: Pick<Catalog, 'open' | 'find'>;
  readonly namespace: string | undefined;
  /** An Event about this object is new, or not as before. */
  readonly onEvent: (about: string) => void;
  readonly changed: () => void;
}

/** Both serve the same objects: the newer API first. Rule: KEP-383, “Event series”. */
const apis: readonly ResourceRef[] = [
  { group: 'events.k8s.io', version: 'v1', resource: 'events' },
  { group: '', version: 'v1', resource: 'events' },
];

/** More are told of no tree: the oldest are left out. */
const maxEvents = 1000;

export function createTreeEvents(deps: TreeEventsDeps): TreeEvents {
  /** By what they are about, then by their own uid. */
  const index = new Map<string, Map<string, KubernetesEvent>>();
  const aboutOf = new Map<string, string>();
  let watch: TreeWatch | undefined;
  let api = 0;

  const sink: WatchSink = {
    put,
    remove,
    keep(uids) {
      for (const uid of aboutOf.keys()) if (!uids.has(uid)) remove(uid);
    },
    changed() {
      tryOther();
      deps.changed();
    },
  };

  function put(handle: ObjectHandle): void {
    const event = readKubernetesEvent(handle.parse());
    if (event === undefined) return;
    let events = index.get(event.about);
    if (events === undefined) {
      events = new Map();
      index.set(event.about, events);
    }
    events.set(event.uid, event);
    aboutOf.set(event.uid, event.about);
    deps.onEvent(event.about);
  }

  function remove(uid: string): void {
    const about = aboutOf.get(uid);
    if (about === undefined) return;
    aboutOf.delete(uid);
    const events = index.get(about);
    events?.delete(uid);
    if (events?.size === 0) index.delete(about);
    deps.onEvent(about);
  }

  /** Who may not read the one API may often read the other. */
  function tryOther(): void {
    if (watch === undefined || watch.watching || api === apis.length - 1) return;
    api += 1;
    begin();
  }

  function begin(): void {
    watch?.close();
    watch = undefined;
    const ref = apis[api];
    if (ref === undefined) return;
    const { catalog, namespace } = deps;
    watch = createTreeWatch({ catalog, ref, namespace, whole: true, quiet: true, sink });
    tryOther();
  }

  begin();
  return {
    about(uids) {
      const found: KubernetesEvent[] = [];
      for (const uid of uids) for (const event of index.get(uid)?.values() ?? []) found.push(event);
      if (found.length <= maxEvents) return found;
      return found.sort((a, b) => b.last - a.last).slice(0, maxEvents);
    },
    get answered() {
      return watch?.answered !== false;
    },
    get lacks() {
      const fault = watch?.fault;
      const resource = apis[api];
      return fault === undefined || resource === undefined ? [] : [{ resource, fault }];
    },
    get freshness() {
      return watch?.freshness ?? { kind: 'gone' };
    },
    retry() {
      if (watch === undefined || watch.watching) return;
      api = 0;
      begin();
    },
    close: () => watch?.close(),
  };
}

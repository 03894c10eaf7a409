import type { Clock } from '@kindscope/informer';
import type { Freshness, ResourceInfo, ResourceRef, RolloutLack } from '@kindscope/protocol';
import type { Catalog } from '../catalog/catalog.ts';
import { mergeFreshness } from '../catalog/freshness.ts';
import type { RollingSubject } from './rolling-item.ts';
import { createRollingOthers } from './rolling-others.ts';
import { createRollingRoster } from './rolling-roster.ts';
import { catalogLacks } from './tree-lacks.ts';
import { createTreeWatch, type TreeWatch } from './tree-watch.ts';

/** The kinds that roll, wherever they are served. */
export const rollingKinds: ReadonlySet<string> = new Set([
  'apps/deployments',
  'apps/statefulsets',
  'apps/daemonsets',
  'batch/jobs',
  'argoproj.io/rollouts',
]);

/** How often is looked for kinds that are served since, and how long a refusal is believed. */
const lookMs = 5_000;
const believedMs = 60_000;

/** The objects among which is looked for what rolls: watched for it, or for other reasons. */
export interface RollingSources {
  readonly kinds: readonly ResourceRef[];
  readonly lacks: readonly RolloutLack[];
  readonly freshness: Freshness;
  close(): void;
}

export interface RollingSourcesDeps {
  readonly catalog: Catalog;
  readonly clock: Clock;
  readonly namespace: string | undefined;
  readonly put: (subject: RollingSubject) => void;
  readonly remove: (uid: string) => void;
  /** Kinds, lacks or freshness may be others. */
  readonly changed: () => void;
}

export function createRollingSources(deps: RollingSourcesDeps): RollingSources {
  const { catalog, clock, namespace } = deps;
  const roster = createRollingRoster(deps);
  const watches = new Map<string, { readonly ref: ResourceRef; readonly watch: TreeWatch }>();
  let cancelLook = () => {};
  let cancelRetry = () => {};

  const others = createRollingOthers({
    catalog,
    namespace,
    known: (id) => rollingKinds.has(id),
    roster,
    changed: deps.changed,
  });
  const offFreshness = catalog.onFreshness(look);
  look();
  retryLater();

  /** Kinds come and go while somebody looks. */
  function look(): void {
    cancelLook();
    cancelLook = clock.after(lookMs, look);
    const infos = catalog.resources().filter(({ id }) => rollingKinds.has(id));
    const served = new Map(infos.map((info) => [info.id, info]));
    for (const [id, { ref, watch }] of watches) {
      if (served.get(id)?.versions.includes(ref.version) === true) continue;
      watch.close();
      watches.delete(id);
      roster.keep(id, new Set());
    }
    for (const info of infos) if (!watches.has(info.id)) open(info);
    deps.changed();
  }

  function open(info: ResourceInfo): void {
    const { id, group, version, resource } = info;
    const ref = { group, version, resource };
    const sink = {
      put: (handle: RollingSubject['handle']) => roster.put(id, { resource: info, handle }),
      remove: (uid: string) => roster.remove(id, uid),
      keep: (uids: ReadonlySet<string>) => roster.keep(id, uids),
      changed: deps.changed,
    };
    watches.set(id, {
      ref,
      watch: createTreeWatch({ catalog, ref, namespace, whole: true, sink }),
    });
  }

  function retryLater(): void {
    cancelRetry = clock.after(believedMs, () => {
      for (const { watch } of watches.values()) watch.retry();
      retryLater();
    });
  }

  return {
    get kinds() {
      return [...[...watches.values()].map(({ ref }) => ref), ...others.kinds];
    },
    get lacks() {
      const refused = [...watches.values()].flatMap(({ ref, watch }) => {
        const { fault } = watch;
        return fault === undefined ? [] : [{ resource: ref, fault }];
      });
      return [...refused, ...catalogLacks(catalog, namespace)];
    },
    get freshness() {
      if (!catalog.ready) return { kind: 'syncing', received: 0 } as const;
      if (watches.size === 0) return catalog.freshness;
      return mergeFreshness([...watches.values()].map(({ watch }) => watch.freshness));
    },
    close() {
      offFreshness();
      cancelLook();
      cancelRetry();
      others.close();
      for (const { watch } of watches.values()) watch.close();
    },
  };
}

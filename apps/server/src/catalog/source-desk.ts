import type { TableColumn } from '@kindscope/kube';
import type { ResourceRef } from '@kindscope/protocol';
import { failure, success, type Result } from '../result.ts';
import type { OpenOptions } from './catalog.ts';
import { isName } from './kubernetes-name.ts';
import { createMergedSource, type MergedSource } from './merged-source.ts';
import type { Lease } from './object-source.ts';
import type { ResourceBase } from './resource-base.ts';
import { kubectlName, resourceId } from './resource-index.ts';
import type { Scope, Scopes } from './scopes.ts';
import type { WatchLease, WatchPool } from './watch-pool.ts';

export interface SourceDeskDeps {
  readonly pool: WatchPool;
  readonly scopes: Scopes;
  readonly base: (id: string) => ResourceBase | undefined;
  /** Whether what is not known can be told not to exist. */
  readonly complete: () => boolean;
  readonly nearest: (ref: ResourceRef) => string[];
  readonly resource: (ref: ResourceRef) => ResourceBase;
  readonly columns: (ref: ResourceRef) => readonly TableColumn[];
  readonly onError: (error: unknown) => void;
}

/** Hands out object sources and knows those that are out. */
export interface SourceDesk {
  open(ref: ResourceRef, namespace?: string, options?: OpenOptions): Result<Lease>;
  /** The columns of `id` may be others now. */
  columnsChanged(id: string): void;
}

interface Loan {
  readonly ref: ResourceRef;
  readonly source: MergedSource;
  columns: readonly TableColumn[];
}

export function createSourceDesk(deps: SourceDeskDeps): SourceDesk {
  const loans = new Set<Loan>();

  function open(
    ref: ResourceRef,
    namespace: string | undefined,
    options: OpenOptions = {},
  ): Result<Lease> {
    const id = resourceId(ref);
    const base = deps.base(id);
    const refusal = refuse(deps, ref, base, namespace);
    if (refusal !== undefined) return refusal;
    // Not known yet: asked for nevertheless, so that a page that was open comes back by itself.
    const all = deps.scopes.of(id, base?.namespaced ?? true);
    const leases = chooseScopes(all, namespace, options).map((scope) =>
      acquire(deps.pool, ref, scope, options),
    );
    const source = createMergedSource({
      leases,
      namespace,
      resource: () => deps.resource(ref),
      columns: () => deps.columns(ref),
      onError: deps.onError,
    });
    const stopNarrowing = narrowWhenRefused(deps, { ref, namespace, options }, leases, source);
    const loan: Loan = { ref, source, columns: source.columns };
    loans.add(loan);
    return success({
      source,
      release() {
        if (!loans.delete(loan)) return;
        stopNarrowing();
        source.close();
      },
    });
  }

  return {
    open,
    columnsChanged(id) {
      for (const loan of loans) {
        if (resourceId(loan.ref) !== id || loan.columns === loan.source.columns) continue;
        loan.columns = loan.source.columns;
        loan.source.columnsChanged();
      }
    },
  };
}

/** One namespace of several is watched alone; of the whole cluster it is a part, unless asked to be alone. */
function chooseScopes(
  scopes: readonly Scope[],
  namespace: string | undefined,
  { limited = false }: OpenOptions,
): readonly Scope[] {
  if (namespace === undefined) return scopes;
  return scopes.includes(undefined) && !limited ? scopes : [namespace];
}

/** A watch that runs already and has more than is asked for is shared. */
function acquire(
  pool: WatchPool,
  ref: ResourceRef,
  scope: Scope,
  { quiet = false, form }: OpenOptions,
): WatchLease {
  if (pool.runs(ref, undefined)) return pool.acquire(ref, undefined);
  const isLoud = (!quiet && form === undefined) || pool.runs(ref, scope);
  return pool.acquire(ref, scope, isLoud ? undefined : { quiet: true, form });
}

/** When listing across the cluster is refused, what may be listed is shown instead. */
function narrowWhenRefused(
  deps: SourceDeskDeps,
  asked: {
    readonly ref: ResourceRef;
    readonly namespace: string | undefined;
    readonly options: OpenOptions;
  },
  leases: readonly WatchLease[],
  source: MergedSource,
): () => void {
  const { ref, namespace, options } = asked;
  const [lease] = leases;
  if (lease === undefined || lease.watch.informer.namespace !== undefined) return () => {};
  const id = resourceId(ref);
  if (deps.base(id)?.namespaced === false) return () => {};
  const narrow = () => {
    if (lease.watch.informer.state.kind !== 'forbidden') return;
    const fallback = deps.scopes.narrow(id);
    const instead = namespace ?? fallback;
    if (instead === undefined || !isName(instead)) return;
    off();
    source.replace([acquire(deps.pool, ref, instead, options)]);
  };
  const off = lease.watch.subscribe({ onEvent() {}, onState: narrow });
  narrow();
  return off;
}

/** Why there is nothing to open, if so. */
function refuse(
  deps: SourceDeskDeps,
  ref: ResourceRef,
  base: ResourceBase | undefined,
  namespace: string | undefined,
): ReturnType<typeof failure> | undefined {
  if (base === undefined || !base.versions.includes(ref.version)) {
    const mayComeYet = !deps.complete() && isReference(ref);
    return mayComeYet ? undefined : failure(unknownResource(ref, base, deps.nearest(ref)));
  }
  const name = kubectlName(base);
  if (!base.verbs.includes('list') || !base.verbs.includes('watch')) {
    return failure({
      code: 'not-watchable',
      detail: `${name} cannot be listed and watched: the server offers ${base.verbs.join(', ') || 'nothing'}.`,
    });
  }
  if (namespace === undefined) return undefined;
  if (!base.namespaced) {
    return failure({
      code: 'not-namespaced',
      detail: `${name} is cluster-scoped: its objects are in no namespace.`,
      remedy: 'Leave the namespace out.',
    });
  }
  const { namespaces } = deps.scopes;
  if (namespaces === undefined || namespaces.includes(namespace)) return undefined;
  return failure({
    code: 'namespace-not-watched',
    detail: `Kindscope was told to keep to ${namespaces.join(', ')}: it does not watch namespace ${namespace}.`,
    remedy: `Start it with --namespace ${namespace} too.`,
  });
}

function isReference({ group, version, resource }: ResourceRef): boolean {
  return (group === '' || isName(group)) && isName(version) && isName(resource);
}

export function unknownResource(
  ref: ResourceRef,
  base: ResourceBase | undefined,
  nearest: readonly string[],
) {
  const name = kubectlName(ref);
  if (base !== undefined) {
    return {
      code: 'unknown-resource',
      detail: `The cluster does not serve ${name} at version ${ref.version}.`,
      remedy: `It serves ${base.versions.join(', ')}.`,
    };
  }
  return {
    code: 'unknown-resource',
    detail: `The cluster serves no ${name}.`,
    ...(nearest.length > 0 && { remedy: `Like it are: ${nearest.join(', ')}.` }),
  };
}

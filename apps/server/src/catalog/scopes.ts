import type { Clock } from '@kindscope/informer';
import type { Fault } from '@kindscope/protocol';

/** A namespace to watch; undefined is the whole cluster. */
export type Scope = string | undefined;

/**
 * Where a resource is watched: the whole cluster, unless Kindscope was told to keep to namespaces, or
 * may list the resource in the context's namespace alone.
 */
export interface Scopes {
  of(id: string, namespaced: boolean): readonly Scope[];
  /** Whether a resource may be watched in this scope for all to see, not for one who looks at a part. */
  shown(scope: Scope): boolean;
  /** Undefined: all namespaces may be asked for. */
  readonly namespaces: readonly string[] | undefined;
  /**
   * Listing `id` across the cluster was refused: the namespace to keep to for a while, undefined where
   * there is none to go to.
   */
  narrow(id: string): string | undefined;
  /** What is left out because of `narrow`. */
  faults(): Fault[];
}

/** How long a refusal is believed before the whole cluster is asked for again. */
const believedMs = 60_000;

export function createScopes(deps: {
  readonly namespaces: readonly string[];
  readonly fallback: string | undefined;
  readonly clock: Pick<Clock, 'monotonic'>;
}): Scopes {
  const told = deps.namespaces.length > 0 ? deps.namespaces : undefined;
  const refused = new Map<string, number>();

  function isNarrow(id: string): boolean {
    const at = refused.get(id);
    return at !== undefined && deps.clock.monotonic() - at < believedMs;
  }

  return {
    namespaces: told,
    of(id, namespaced) {
      if (!namespaced) return [undefined];
      if (told !== undefined) return told;
      return [isNarrow(id) ? deps.fallback : undefined];
    },
    shown: (scope) => scope === undefined || (told?.includes(scope) ?? scope === deps.fallback),
    narrow(id) {
      if (told !== undefined || deps.fallback === undefined) return undefined;
      refused.set(id, deps.clock.monotonic());
      return deps.fallback;
    },
    faults() {
      const count = refused.keys().filter(isNarrow).toArray().length;
      if (count === 0) return [];
      const what = count === 1 ? 'one resource' : `${count} resources`;
      return [
        {
          code: 'namespace-only',
          detail: `Listing across the cluster is refused for ${what}: only namespace ${deps.fallback} is shown there.`,
          remedy: 'Name the namespaces to show with --namespace, once for each.',
        },
      ];
    },
  };
}

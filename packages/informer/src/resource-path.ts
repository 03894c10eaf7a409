import type { InformerTarget } from './informer-target.ts';

/** The URL path of a collection: `/apis/GROUP/VERSION[/namespaces/NS]/RESOURCE`, `/api/v1/…` for the core group. */
export function resourcePath(target: Pick<InformerTarget, 'gvr' | 'namespace'>): string {
  const { group, version, resource } = target.gvr;
  const root =
    group === '' ? `/api/${escape(version)}` : `/apis/${escape(group)}/${escape(version)}`;
  const scope = target.namespace === undefined ? '' : `/namespaces/${escape(target.namespace)}`;
  return `${root}${scope}/${escape(resource)}`;
}

function escape(segment: string): string {
  return encodeURIComponent(segment);
}

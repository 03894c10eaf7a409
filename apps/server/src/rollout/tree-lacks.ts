import type { RolloutLack } from '@kindscope/protocol';
import type { Catalog } from '../catalog/catalog.ts';

/** What is missing because the catalogue lacks it; `namespace` undefined: where everything is looked at. */
export function catalogLacks(
  { faults }: Pick<Catalog, 'faults'>,
  namespace: string | undefined,
): RolloutLack[] {
  // Discovery stands in for the list of definitions: no kind is missing for want of it.
  const harmless = new Set(['crds-not-listable']);
  if (namespace !== undefined) harmless.add('namespace-only');
  return faults.filter(({ code }) => !harmless.has(code)).map((fault) => ({ fault }));
}

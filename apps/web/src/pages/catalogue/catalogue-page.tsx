import { useCatalog } from '../../live/index.ts';
import { Crumb } from '../../shell/crumb.tsx';
import { Crumbs, usePageFreshness } from '../../shell/slots.tsx';

export function CataloguePage() {
  const catalog = useCatalog();
  usePageFreshness(catalog.freshness);
  return (
    <Crumbs>
      <Crumb current>Catalogue</Crumb>
    </Crumbs>
  );
}

export interface Team {
  readonly name: string;
  readonly namespace: string;
  /** What brings out its applications. */
  readonly delivery: 'argocd' | 'flux' | 'Helm';
  /** The applications it runs. */
  readonly applications: readonly string[];
}

/** Who lives in the demo: each namespace is a team's. */
export const teams: readonly Team[] = [
  {
    name: 'checkout',
    namespace: 'shop',
    delivery: 'argocd',
    applications: ['checkout', 'cart', 'payments', 'pricing', 'inventory', 'vouchers'],
  },
  {
    name: 'discovery',
    namespace: 'search',
    delivery: 'argocd',
    applications: ['search', 'suggest', 'catalog', 'ranking', 'indexer'],
  },
  {
    name: 'edge',
    namespace: 'edge',
    delivery: 'flux',
    applications: ['edge-eu', 'edge-us', 'images', 'geo', 'waf'],
  },
  {
    name: 'identity',
    namespace: 'identity',
    delivery: 'Helm',
    applications: ['auth', 'sessions', 'profiles', 'consent'],
  },
  {
    name: 'insight',
    namespace: 'ml',
    delivery: 'flux',
    applications: ['recommendations', 'features', 'training', 'scoring'],
  },
  {
    name: 'operations',
    namespace: 'ops',
    delivery: 'Helm',
    applications: ['mailer', 'notify', 'audit', 'reports', 'scheduler'],
  },
  {
    name: 'platform',
    namespace: 'platform',
    delivery: 'flux',
    applications: ['registry', 'builder', 'portal'],
  },
  {
    name: 'streaming',
    namespace: 'data',
    delivery: 'argocd',
    applications: ['ingest', 'enrich', 'archive'],
  },
];

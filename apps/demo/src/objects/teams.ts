export interface Team {
  readonly name: string;
  readonly namespace: string;
  /** The applications it runs. */
  readonly applications: readonly string[];
}

/** Who lives in the demo: each namespace is a team's. */
export const teams: readonly Team[] = [
  {
    name: 'checkout',
    namespace: 'shop',
    applications: ['checkout', 'cart', 'payments', 'pricing', 'inventory', 'vouchers'],
  },
  {
    name: 'discovery',
    namespace: 'search',
    applications: ['search', 'suggest', 'catalog', 'ranking', 'indexer'],
  },
  { name: 'edge', namespace: 'edge', applications: ['edge-eu', 'edge-us', 'images', 'geo', 'waf'] },
  {
    name: 'identity',
    namespace: 'identity',
    applications: ['auth', 'sessions', 'profiles', 'consent'],
  },
  {
    name: 'insight',
    namespace: 'ml',
    applications: ['recommendations', 'features', 'training', 'scoring'],
  },
  {
    name: 'operations',
    namespace: 'ops',
    applications: ['mailer', 'notify', 'audit', 'reports', 'scheduler'],
  },
  { name: 'platform', namespace: 'platform', applications: ['registry', 'builder', 'portal'] },
  { name: 'streaming', namespace: 'data', applications: ['ingest', 'enrich', 'archive'] },
];

import { useConnection } from '../live/index.ts';

/**
 * Whether the line across every page says already what is wrong: the way to Kindscope or to the
 * cluster. A page adds its own words only where it alone is affected.
 */
export function useIsTroubleSaid(): boolean {
  const { kind, cluster } = useConnection();
  return kind !== 'open' || cluster.kind === 'unreachable';
}

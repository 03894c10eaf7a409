import { useQuery } from '@tanstack/react-query';
import { useApi } from '../api.ts';
import { useConnection } from '../live/index.ts';
import { Note } from '../ui/note.tsx';

/** What the catalogue cannot know, with these rights or from this API server, and what would change that. */
export function Lacks() {
  const api = useApi();
  const { cluster } = useConnection();
  const { data } = useQuery({
    queryKey: ['resources', 'faults'],
    queryFn: async ({ signal }) => (await api.getResources(signal)).faults,
    refetchInterval: 60_000,
  });
  // The line across every page says it already.
  const said = cluster.kind === 'unreachable' ? cluster.fault.detail : undefined;
  const lacks = data?.filter(({ detail }) => detail !== said);
  return lacks?.map(({ code, detail, remedy }) => (
    <Note key={`${code} ${detail}`} tone="working">
      <span>{detail}</span>
      {remedy !== undefined && <span>{remedy}</span>}
    </Note>
  ));
}

import { useQuery } from '@tanstack/react-query';
import { useApi } from '../api.ts';
import { Note } from '../ui/note.tsx';

/** What the catalogue cannot know, with these rights or from this API server, and what would change that. */
export function Lacks() {
  const api = useApi();
  const { data } = useQuery({
    queryKey: ['resources', 'faults'],
    queryFn: async ({ signal }) => (await api.getResources(signal)).faults,
    refetchInterval: 60_000,
  });
  return data?.map(({ code, detail, remedy }) => (
    <Note key={`${code} ${detail}`} tone="working">
      <span>{detail}</span>
      {remedy !== undefined && <span>{remedy}</span>}
    </Note>
  ));
}

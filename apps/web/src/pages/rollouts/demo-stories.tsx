import type { DemoScenario, DemoScenarioList } from '@kindscope/protocol';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Play, Square } from 'lucide-react';
import { useApi } from '../../api.ts';
import { objectParams } from '../../links.ts';
import { useConnection } from '../../live/index.ts';
import { Button } from '../../ui/button.tsx';
import { Note } from '../../ui/note.tsx';
import { StatusWord, type Status } from '../../ui/status-glyph.tsx';
import styles from './rollouts.module.css';

const queryKey = ['demo'];
/** How often it is asked how a story goes, while one is played and otherwise, milliseconds. */
const stepMs = { playing: 1000, quiet: 10_000 };

/** The stories of the embedded demo, to play; nothing with any other cluster. */
export function DemoStories() {
  const api = useApi();
  const connection = useConnection();
  // The shell asks the same.
  const { data: cluster } = useQuery({
    queryKey: ['cluster', connection.cluster.kind, connection.version],
    queryFn: ({ signal }) => api.getCluster(signal),
    placeholderData: (previous) => previous,
  });
  const { data: stories } = useQuery({
    queryKey,
    queryFn: async ({ signal }) => (await api.getStories(signal)).items,
    enabled: cluster?.embedded === true,
    retry: false,
    refetchInterval: ({ state: { data } }) =>
      data?.some(({ state }) => state === 'running') === true ? stepMs.playing : stepMs.quiet,
  });
  if (stories === undefined || stories.length === 0) return null;
  return (
    <section className={styles.stories} aria-labelledby="stories">
      <h2 id="stories">Stories of the demo</h2>
      <p className={styles.quiet}>
        This cluster is the embedded demo. Play a story, and watch it on the Rollout page of the
        object it is about.
      </p>
      <ul aria-labelledby="stories">
        {stories.map((story) => (
          <StoryLine key={story.name} story={story} />
        ))}
      </ul>
    </section>
  );
}

const states: Record<DemoScenario['state'], { readonly status: Status; readonly word: string }> = {
  idle: { status: 'unknown', word: 'Not played' },
  running: { status: 'working', word: 'Playing' },
  done: { status: 'healthy', word: 'Played' },
  failed: { status: 'failing', word: 'Did not go through' },
};

function StoryLine({ story }: { readonly story: DemoScenario }) {
  const api = useApi();
  const queries = useQueryClient();
  const playing = story.state === 'running';
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => (playing ? api.endStory(story.name) : api.playStory(story.name)),
    onSuccess: (next) => {
      queries.setQueryData<DemoScenarioList['items']>(queryKey, (stories) =>
        stories?.map((one) => (one.name === next.name ? next : one)),
      );
    },
    onSettled: () => queries.invalidateQueries({ queryKey }),
  });
  const { status, word } = states[story.state];
  return (
    <li className={styles.story}>
      <div className={styles.told}>
        <h3>{story.title}</h3>
        <p>{story.description}</p>
        {story.state !== 'idle' && (
          <p className={styles.goes} aria-live="polite">
            <StatusWord status={status}>{word}</StatusWord>
            {story.message !== undefined && <span>{story.message}</span>}
          </p>
        )}
        {error !== null && <Note tone="failing">{error.message}</Note>}
      </div>
      <Subject of={story} />
      <Button
        disabled={isPending}
        onClick={() => mutate()}
        aria-label={`${playing ? 'End' : 'Play'}: ${story.title}`}
      >
        {playing ? <Square aria-hidden="true" /> : <Play aria-hidden="true" />}
        {playing ? 'End' : 'Play'}
      </Button>
    </li>
  );
}

/** The Rollout page of what the story is about, where that is one object. */
function Subject({ of }: { readonly of: DemoScenario }) {
  const [subject] = of.subjects;
  if (subject?.name === undefined) return null;
  return (
    <Link
      to="/rollout/$group/$version/$resource/$namespace/$name"
      params={objectParams(subject.resource, subject.namespace ?? '', subject.name)}
      className={styles.watch}
    >
      Watch {subject.name}
    </Link>
  );
}

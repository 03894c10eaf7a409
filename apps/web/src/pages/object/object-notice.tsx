import type { Freshness } from '@kindscope/protocol';
import { Note } from '../../ui/note.tsx';
import { clockTime } from '../../ui/time.ts';
import { useIsTroubleSaid } from '../use-is-trouble-said.ts';
import type { ObjectFacts } from './object-facts.ts';
import type { ObjectState } from './object-state.ts';

/** What must be known to read the page right: it is deleted, about to be, another one, or not fresh. */
export function ObjectNotice(props: {
  readonly state: ObjectState;
  readonly freshness: Freshness;
  readonly facts: ObjectFacts | undefined;
}) {
  const isSaidAbove = useIsTroubleSaid();
  const sentences = noticeSentences(props.state, props.freshness, props.facts, isSaidAbove);
  return sentences.map((sentence) => (
    <Note key={sentence} tone="working">
      {sentence}
    </Note>
  ));
}

function noticeSentences(
  state: ObjectState,
  freshness: Freshness,
  facts: ObjectFacts | undefined,
  isTroubleSaid: boolean,
): string[] {
  const sentences: string[] = [];
  if (freshness.kind === 'stale') {
    const { detail, remedy } = freshness.fault;
    sentences.push(
      `Stale since ${clockTime(freshness.since)}: this is what was known then.${isTroubleSaid ? '' : ` ${detail} ${remedy ?? ''}`}`,
    );
  }
  if (state.kind === 'deleted') {
    const when = state.at === undefined ? 'Deleted.' : `Deleted at ${clockTime(state.at)}.`;
    const rest =
      state.last === undefined
        ? 'Its last state was not seen by this page; its changes are below.'
        : 'This is the last that was seen of it.';
    sentences.push(`${when} ${rest}`);
    return sentences;
  }
  if (state.kind === 'there' && state.before !== undefined) {
    const { uid, ended } = state.before;
    sentences.push(
      `A new object of this name: the last one (uid ${uid.slice(0, 8)}) ${ended === undefined ? 'is gone' : `ended ${clockTime(ended)}`}.`,
    );
  }
  if (facts?.deleting !== undefined) {
    const held =
      facts.finalizers.length === 0 ? '' : ` It waits for ${facts.finalizers.join(', ')}.`;
    sentences.push(`Being deleted since ${clockTime(facts.deleting)}.${held}`);
  }
  return sentences;
}

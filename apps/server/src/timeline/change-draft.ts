import type { ObjectHandle, Seen, StoreEvent } from '@kindscope/informer';
import { describeChange, type DiffOptions } from '@kindscope/kube';
import type { Change, ResourceInfo } from '@kindscope/protocol';
import { boundFacts, boundFields } from './bounded-fields.ts';
import type { LogDraft } from './change-log.ts';
import { instant } from './instant.ts';

type ChangeDraft = Extract<LogDraft, { kind: 'change' }>;

/** An event, and when it was told (milliseconds since the epoch). */
export interface SeenEvent {
  readonly resource: Pick<ResourceInfo, 'group' | 'version' | 'resource' | 'kind'>;
  readonly event: StoreEvent;
  readonly time: number;
  /** By what the resource's schema says list items are known. */
  readonly listKeys?: DiffOptions['listKeys'];
}

function seenFields(seen: Seen): Pick<Change, 'seen' | 'notBefore'> {
  return seen.by === 'watch'
    ? { seen: 'watch' }
    : { seen: 'relist', notBefore: instant(seen.notBefore) };
}

interface Transition {
  readonly before: ObjectHandle | undefined;
  readonly after: ObjectHandle | undefined;
  /** The version with which it ended, where it is known. */
  readonly to: string | undefined;
}

function draftOf(seen: SeenEvent, how: Seen, transition: Transition): ChangeDraft {
  const { before, after, to } = transition;
  const { group, version, resource, kind } = seen.resource;
  const subject = after ?? before;
  const description = describeChange(
    before?.parse(),
    after?.parse(),
    seen.listKeys === undefined ? {} : { listKeys: seen.listKeys },
  );
  return {
    kind: 'change',
    time: seen.time,
    before,
    after,
    change: {
      resource: { group, version, resource },
      kind,
      namespace: subject?.namespace ?? '',
      name: subject?.name ?? '',
      uid: subject?.uid ?? '',
      ...(before === undefined ? {} : { from: before.resourceVersion }),
      ...(to === undefined ? {} : { to }),
      ...seenFields(how),
      time: instant(seen.time),
      classes: [...description.classes],
      ...boundFields(description.fields),
      ...(description.conditions.length === 0
        ? {}
        : { conditions: boundFacts(description.conditions) }),
      managers: boundFacts(description.managers),
    },
  };
}

/**
 * The changes that an event of the store is. Initial adds are none: the object was there before
 * anyone looked.
 */
export function draftsOf(seen: SeenEvent): readonly ChangeDraft[] {
  const { event } = seen;
  switch (event.kind) {
    case 'add': {
      const { new: after } = event;
      const created = { before: undefined, after, to: after.resourceVersion };
      return event.initial ? [] : [draftOf(seen, event.seen, created)];
    }
    case 'update': {
      const { old: before, new: after } = event;
      return [draftOf(seen, event.seen, { before, after, to: after.resourceVersion })];
    }
    case 'delete': {
      const to = event.tombstone ? undefined : event.last?.resourceVersion;
      return [draftOf(seen, event.seen, { before: event.old, after: undefined, to })];
    }
    case 'relisted':
    case 'synced':
    case 'reset':
      return [];
  }
}

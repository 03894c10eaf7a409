import type { ObjectHandle } from '@kindscope/informer';
import type {
  BlindSpan,
  Change,
  ConditionChange,
  Coverage,
  Density,
  MarkObject,
  Marks,
  ResourceRef,
} from '@kindscope/protocol';
import type { ClassSet } from './class-set.ts';

export type Labels = Readonly<Record<string, string>>;

/** A change as the log keeps it: its text, and what it can be found by and drawn from. */
export interface ChangeEntry {
  readonly kind: 'change';
  /** Greater than that of everything logged before. */
  readonly id: number;
  /** `gvrKey` of the version it was seen in. */
  readonly resource: string;
  readonly object: MarkObject;
  /** Milliseconds since the epoch. */
  readonly time: number;
  /** How long before `time` it may have happened, milliseconds. */
  readonly within: number;
  readonly classes: ClassSet;
  /** The first of its managers. */
  readonly manager: string | undefined;
  readonly conditions: readonly Omit<ConditionChange, 'message'>[];
  /** As they were then; undefined where there was no object. */
  readonly labels: { readonly before: Labels | undefined; readonly after: Labels | undefined };
  /** The protocol's Change without `effect`, as JSON, digits kept. */
  readonly json: string;
}

/** Between two times changes of this resource may be missing. */
export interface GapEntry {
  readonly kind: 'gap';
  readonly id: number;
  readonly resource: string;
  readonly ref: ResourceRef;
  /** Absent: of all namespaces. */
  readonly namespace: string | undefined;
  /** Milliseconds since the epoch. */
  readonly from: number;
  readonly time: number;
  readonly reason: BlindSpan['reason'];
  /** How many are missing, where that is known. */
  readonly count: number | undefined;
  /** What was there before was compared with what is there after: what has no change after it is as it was. */
  readonly compared: boolean;
}

export type LogEntry = ChangeEntry | GapEntry;

/** From now on a resource is watched, or no longer: a fact of the log, not an entry. */
export interface WatchFact {
  readonly kind: 'watched' | 'unwatched';
  readonly ref: ResourceRef;
  /** Absent: in all namespaces. */
  readonly namespace: string | undefined;
  /** Milliseconds since the epoch. */
  readonly time: number;
}

/** What a recorder hands in; the log gives it its id. */
export type LogDraft =
  | {
      readonly kind: 'change';
      readonly change: Omit<Change, 'id' | 'effect'>;
      readonly time: number;
      readonly before: ObjectHandle | undefined;
      readonly after: ObjectHandle | undefined;
    }
  | Omit<GapEntry, 'id' | 'resource'>
  | WatchFact;

/** What is told of an entry the moment it is logged: with the objects, which the log itself does not keep. */
export interface Appended {
  readonly entry: LogEntry;
  readonly before: ObjectHandle | undefined;
  readonly after: ObjectHandle | undefined;
}

/** Which changes are asked for. What is absent does not restrict. */
export interface ChangeScope {
  readonly resources?: readonly ResourceRef[] | undefined;
  /** Empty for cluster-scoped objects. */
  readonly namespace?: string | undefined;
  readonly name?: string | undefined;
  /** By the labels before or after the change; that only one of both matched is its `effect`. */
  readonly matches?: ((labels: Labels) => boolean) | undefined;
  /** Only changes that are of one of these. */
  readonly classes?: ClassSet | undefined;
  /** Milliseconds since the epoch, inclusive. */
  readonly from?: number | undefined;
  /** Milliseconds since the epoch, inclusive. */
  readonly to?: number | undefined;
}

/** Some of them, newest first. */
export interface ChangeQuery extends ChangeScope {
  /** Only entries with smaller ids: the page's cursor. */
  readonly before?: number | undefined;
  /** Only entries with greater ids. */
  readonly after?: number | undefined;
  readonly limit: number;
}

/** How many there were, by time. */
export interface DensityQuery extends ChangeScope {
  readonly from: number;
  readonly to: number;
  /** How many parts of the same length the time is divided into. */
  readonly buckets: number;
}

/** Where the log stands when it answers, and what it knows of what was asked. */
export interface LogPosition {
  readonly lastId: number;
  readonly coverage: Coverage[];
}

/** Newest first. */
interface ChangePage {
  readonly items: readonly Change[];
  /** Give it as `before` for the next page; absent at the end. */
  readonly continue?: string;
}

interface ChangeLogStats {
  readonly entries: number;
  readonly bytes: number;
  /** How many were dropped to make room, since the start. */
  readonly dropped: number;
}

/**
 * The port that keeps changes. A driver is bounded per resource and in all; when it is full the
 * oldest entries go, and how many and up to where is counted.
 */
export interface ChangeLog {
  /** Logs them in this order. */
  append(drafts: readonly LogDraft[]): void;
  /** Changes alone, with their effect relative to `matches`. */
  query(query: ChangeQuery): ChangePage;
  /** The change of that id; undefined where there was none or it is no longer kept. */
  change(id: number): Change | undefined;
  /** As much of each change as a timeline draws, newest first. */
  marks(query: ChangeQuery): Marks;
  density(query: DensityQuery): Density;
  /** What it knows, and does not, of each resource asked for; of all without `resources`. */
  coverage(scope: Pick<ChangeScope, 'resources' | 'namespace'>): Coverage[];
  /** Changes and gaps, newest first. */
  entries(query: ChangeQuery): readonly LogEntry[];
  lostThrough(resources?: readonly ResourceRef[]): number;
  readonly lastId: number;
  /**
   * Called after entries were logged, in order; returns the cancellation. What a listener throws
   * `append` throws when all have been told.
   */
  onChange(listener: (appended: readonly Appended[]) => void): () => void;
  /** Called when a watch begins that never was before, in order with `onChange`; returns the cancellation. */
  onBegin(listener: (begun: WatchFact) => void): () => void;
  stats(): ChangeLogStats;
}

import type { Change, FieldChange } from '@kindscope/protocol';

/** Changes that followed each other and are told in one line. */
export interface Fold {
  /** Of whatever object where they are heartbeats, else of the same fields of the same object. */
  readonly kind: 'heartbeats' | 'repeats';
  readonly count: number;
  /** When the first and the last of them were seen, RFC 3339. */
  readonly from: string;
  readonly to: string;
  /** The last steps of the paths that moved, most frequent first. */
  readonly names: readonly string[];
  readonly objects: number;
  /** The newest of them. */
  readonly last: Change;
  /** Of repeats: all of them as one change, from what was before the first to what is after the last. */
  readonly whole: Change;
}

/** Fewer than these are told one by one: what stands between two would be hidden for little room. */
const leastRepeats = 3;

/** Whether a change may stand in one line with the one before it. */
export function goesOn(last: Change, next: Change): boolean {
  if (isHeartbeat(last) || isHeartbeat(next)) return isHeartbeat(last) && isHeartbeat(next);
  return (
    last.uid === next.uid &&
    isPlain(last) &&
    isPlain(next) &&
    last.fields.length === next.fields.length &&
    // Fields come in the object's order.
    last.fields.every(({ path }, index) => path === next.fields[index]?.path)
  );
}

/** Whether a run of changes that go on is one line: heartbeats are even one by one. */
export function isWorthFolding(run: readonly Change[]): boolean {
  const [first] = run;
  return first !== undefined && (isHeartbeat(first) || run.length >= leastRepeats);
}

/** @param run at least one change, oldest first. */
export function foldOf(run: readonly Change[]): Fold {
  const counts = new Map<string, number>();
  const objects = new Set<string>();
  for (const { uid, fields } of run) {
    objects.add(uid);
    for (const { path } of fields) {
      const name = lastStep(path);
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
  }
  const last = run.at(-1) as Change;
  const first = run[0] ?? last;
  return {
    kind: isHeartbeat(last) ? 'heartbeats' : 'repeats',
    count: run.length,
    from: first.time,
    to: last.time,
    names: [...counts].sort((a, b) => b[1] - a[1]).map(([name]) => name),
    objects: objects.size,
    last,
    whole: wholeOf(run, first, last),
  };
}

function wholeOf(run: readonly Change[], first: Change, last: Change): Change {
  const managers = run.flatMap((change) => change.managers);
  return {
    ...last,
    ...(first.from !== undefined && { from: first.from }),
    fields: last.fields.map((field, index) => joined(first.fields[index] ?? field, field)),
    managers: [...new Map(managers.map((one) => [managerKey(one), one])).values()],
  };
}

/** From before the first to after the last; where a side had none, the whole has none there. */
function joined(first: FieldChange, last: FieldChange): FieldChange {
  return {
    path: last.path,
    ...('before' in first && { before: first.before }),
    ...('after' in last && { after: last.after }),
    ...((first.truncated === true || last.truncated === true) && { truncated: true as const }),
  };
}

function managerKey({ manager, operation, subresource }: Change['managers'][number]): string {
  return `${manager} ${operation} ${subresource ?? ''}`;
}

function isHeartbeat(change: Change): boolean {
  return change.classes[0] === 'heartbeat' && change.effect === undefined;
}

/** Neither the beginning nor the end of anything, nor found later, which is a line of its own. */
function isPlain({ classes, effect, seen, fields, omitted }: Change): boolean {
  return (
    effect === undefined &&
    seen === 'watch' &&
    omitted === undefined &&
    fields.length > 0 &&
    !classes.some((name) => name === 'created' || name === 'deleted' || name === 'deleting')
  );
}

function lastStep(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1);
}

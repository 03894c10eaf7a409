/** Between `from` and `to`, milliseconds since the epoch, changes may have happened of which nothing is known. */
export interface BlindTime {
  /** Its place among what was noted. */
  readonly noted: number;
  readonly from: number;
  readonly to: number;
}

/** So many of a resource, in a namespace or in all, are told apart; of more the two oldest are taken for one. */
const mostTimes = 64;

/** When nobody saw what happened to objects of a resource, in a namespace of it or in all. */
export interface BlindTimes {
  /** Without a namespace: in all. */
  note(resource: string, namespace: string | undefined, time: BlindTime): void;
  /** Whether one of them is of an object there, at that time. */
  cover(resource: string, namespace: string, time: number): boolean;
  /** From the first to the last that concerns an object there and was noted after this. */
  after(resource: string, namespace: string, noted: number): BlindTime | undefined;
}

export function createBlindTimes(): BlindTimes {
  const known = new Map<string, readonly BlindTime[]>();
  const idOf = (resource: string, namespace = '*') => `${resource} ${namespace}`;

  const timesOf = (resource: string, namespace: string) => [
    ...(known.get(idOf(resource)) ?? []),
    ...(known.get(idOf(resource, namespace)) ?? []),
  ];

  return {
    note(resource, namespace, time) {
      const id = idOf(resource, namespace);
      known.set(id, bounded([...(known.get(id) ?? []), time]));
    },
    cover: (resource, namespace, time) =>
      timesOf(resource, namespace).some(({ from, to }) => from < time && time <= to),
    after(resource, namespace, noted) {
      const [first, ...rest] = timesOf(resource, namespace).filter((time) => time.noted > noted);
      return first && rest.reduce(spanOf, first);
    },
  };
}

function spanOf(a: BlindTime, b: BlindTime): BlindTime {
  return {
    noted: Math.max(a.noted, b.noted),
    from: Math.min(a.from, b.from),
    to: Math.max(a.to, b.to),
  };
}

function bounded(times: readonly BlindTime[]): readonly BlindTime[] {
  const [first, second, ...rest] = times;
  if (times.length <= mostTimes || first === undefined || second === undefined) return times;
  return [spanOf(first, second), ...rest];
}

import type { ChangeEntry, Labels } from './change-log.ts';

/** What a label costs besides its characters: its place, and a string for its name and its value each. */
const overhead = 80;

/** The label maps that entries have: each costs once, from the first entry that has it to the last. */
export interface HeldLabels {
  /** An entry has these now; returns the bytes of those that none had. */
  hold(labels: ChangeEntry['labels']): number;
  /** An entry that had these is gone; returns the bytes of those that none has any more. */
  release(labels: ChangeEntry['labels']): number;
}

interface Held {
  readonly bytes: number;
  uses: number;
}

export function createHeldLabels(): HeldLabels {
  const held = new Map<Labels, Held>();

  function holdOne(labels: Labels): number {
    const known = held.get(labels);
    if (known !== undefined) {
      known.uses += 1;
      return 0;
    }
    const bytes = bytesOf(labels);
    held.set(labels, { bytes, uses: 1 });
    return bytes;
  }

  function releaseOne(labels: Labels): number {
    const known = held.get(labels);
    if (known === undefined) return 0;
    known.uses -= 1;
    if (known.uses > 0) return 0;
    held.delete(labels);
    return known.bytes;
  }

  return {
    hold: (labels) => sum(mapsOf(labels).map(holdOne)),
    release: (labels) => sum(mapsOf(labels).map(releaseOne)),
  };
}

function mapsOf({ before, after }: ChangeEntry['labels']): Labels[] {
  return [before, after].filter((labels) => labels !== undefined);
}

function bytesOf(labels: Labels): number {
  return sum(Object.entries(labels).map(([key, value]) => overhead + key.length + value.length));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}

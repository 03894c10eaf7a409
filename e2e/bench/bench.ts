export type Size = 'small' | 'medium' | 'large';

/** What a benchmark found. Ratios are against a peer measured in the same run. */
export interface Result {
  readonly params: Readonly<Record<string, number | string>>;
  readonly metrics: Readonly<Record<string, number>>;
  readonly ratios: Readonly<Record<string, number>>;
}

export interface Bench {
  readonly name: string;
  /** What it measures, in a sentence. */
  readonly about: string;
  /** `turns`: how often each peer is measured, in turns with the others, where it is more than once. */
  run(size: Size, turns: number): Promise<Result>;
}

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
  run(size: Size): Promise<Result>;
}

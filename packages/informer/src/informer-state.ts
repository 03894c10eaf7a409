/** Why an attempt failed: the stage, a stable code, and a sentence for people. */
export interface InformerFault {
  /** `network`, `tls`, `timeout`, `unauthorized`, `forbidden`, `not-found`, `expired`, `too-large`, `too-many-requests`, `server-error`, `bad-data`, … */
  readonly code: string;
  readonly stage: 'connect' | 'discovery' | 'list' | 'watch' | 'decode';
  readonly detail: string;
  /** What to do about it, where that is known. */
  readonly remedy?: string;
  /** HTTP status, where there was an answer. */
  readonly status: number | undefined;
}

/** Times are milliseconds since the epoch by the informer's clock. */
export type InformerState =
  | { readonly kind: 'syncing'; readonly received: number; readonly expected: number | undefined }
  | { readonly kind: 'live' }
  /** The connection was lost a moment ago. */
  | { readonly kind: 'reconnecting'; readonly since: number; readonly fault: InformerFault }
  /** Not true since `since`: attempts fail, or half a second has passed. */
  | { readonly kind: 'stale'; readonly since: number; readonly fault: InformerFault }
  | { readonly kind: 'forbidden'; readonly fault: InformerFault }
  /** The resource is not served (any more). */
  | { readonly kind: 'gone' };

/** A difference between the servers that is there on purpose. */
export interface Exception {
  /** As packages/fake-apiserver/README.md says it. */
  readonly reason: string;
  /** Lines that are left out of what both servers answered; without it the embedded one's must all be among the real one's. */
  readonly drop?: RegExp;
}

export const exceptions = {
  kinds: {
    reason: 'It serves fewer kinds.',
  },
} as const satisfies Record<string, Exception>;

export type ExceptionName = keyof typeof exceptions;

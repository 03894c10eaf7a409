/** A difference between the servers that is there on purpose. */
export interface Exception {
  /** As packages/fake-apiserver/README.md says it. */
  readonly reason: string;
  /**
   * What is compared all the same. `subset`: every line of the embedded server's answer is one of the real one's;
   * `unordered`: the keys of a line of JSON come in any order; a pattern: all lines but those that match it.
   */
  readonly compare: 'subset' | 'unordered' | RegExp;
}

export const exceptions = {
  kinds: {
    reason: 'It serves fewer kinds and subresources.',
    compare: 'subset',
  },
  version: {
    reason: 'Its version is that of Kubernetes with `+embedded`, and made of Node instead of Go.',
    compare: /^Server Version:|^ {2}(compiler|git\w+|goVersion):/,
  },
  user: {
    reason: 'Its only user is called `admin`.',
    compare: /^(Username|UID) |^ +(username|uid):/,
  },
  order: {
    reason: 'The keys of an object in JSON come in another order.',
    compare: 'unordered',
  },
} as const satisfies Record<string, Exception>;

export type ExceptionName = keyof typeof exceptions;

/** Remembers the last so many tokens; older ones are forgotten. */
export interface RecentTokens {
  /** Whether the token was not known yet; it is from now on. */
  add(token: string): boolean;
}

export function createRecentTokens(limit: number): RecentTokens {
  const tokens = new Set<string>();
  return {
    add(token) {
      if (tokens.has(token)) return false;
      tokens.add(token);
      if (tokens.size > limit) {
        const [oldest] = tokens;
        if (oldest !== undefined) tokens.delete(oldest);
      }
      return true;
    },
  };
}

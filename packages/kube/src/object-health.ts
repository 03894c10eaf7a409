/** How an object is, in one word and, where there is one, a reason in a few. */
export interface Health {
  readonly status: 'healthy' | 'working' | 'failing' | 'unknown';
  readonly reason?: string;
}

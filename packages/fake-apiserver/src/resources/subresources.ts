import type { Subresource } from '../subresource.ts';

/** Everything below an object but its `status`. */
export const SUBRESOURCES: readonly Subresource[] = [];

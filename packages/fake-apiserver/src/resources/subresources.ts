import type { Subresource } from '../subresource.ts';
import { binding } from './subresources/binding.ts';
import { eviction } from './subresources/eviction.ts';
import { finalize } from './subresources/finalize.ts';
import { scale } from './subresources/scale.ts';

/** Everything below an object but its `status`. */
export const SUBRESOURCES: readonly Subresource[] = [binding, eviction, finalize, scale];

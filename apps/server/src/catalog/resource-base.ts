import type { ResourceInfo } from '@kindscope/protocol';

/** What a resource is, without what changes all the time. */
export type ResourceBase = Omit<ResourceInfo, 'count' | 'watch' | 'rate'>;

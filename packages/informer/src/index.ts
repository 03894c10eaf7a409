export type { Clock } from './clock.ts';
export type { Seen, StoreEvent, WatcherEvent } from './event.ts';
export type { InformerFault, InformerState } from './informer-state.ts';
export type { ObjectHandle, OwnerReference } from './object-handle.ts';

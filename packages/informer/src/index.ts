export type { Clock } from './clock.ts';
export type {
  Authentication,
  Credentials,
  CredentialsError,
  CredentialsResult,
  TlsIdentity,
} from './credentials.ts';
export type { DiscoveredResource } from './discovered-resource.ts';
export { discover } from './discovery.ts';
export type { Discovery, DiscoveryFault } from './discovery.ts';
export type { Seen, StoreEvent, WatcherEvent } from './event.ts';
export type { InformerFault, InformerState } from './informer-state.ts';
export { createInformer } from './informer.ts';
export type { Handler, HandlerRegistration } from './handlers.ts';
export type { Informer, InformerStats } from './informer.ts';
export type { InformerDeps, Transform } from './informer-deps.ts';
export type { InformerTarget } from './informer-target.ts';
export { createInformerFactory } from './informer-factory.ts';
export type {
  InformerEntry,
  InformerFactory,
  InformerFactoryDeps,
  InformerLease,
} from './informer-factory.ts';
export { loadCredentials } from './kubeconfig.ts';
export type { CredentialsSource } from './kubeconfig.ts';
export type { Log, Random } from './log.ts';
export { countObjects } from './object-count.ts';
export type { ObjectCount } from './object-count.ts';
export type { ObjectHandle, OwnerReference } from './object-handle.ts';
export { createRecoveryProbe } from './recovery-probe.ts';
export type { ConnectionState, RecoveryProbe, RecoveryProbeDeps } from './recovery-probe.ts';
export { resourcePath } from './resource-path.ts';
export type { ReadableStore } from './store.ts';
export { systemClock } from './system-clock.ts';
export { TransportError } from './transport-error.ts';
export type { TransportErrorCode } from './transport-error.ts';
export { createTransport } from './transport.ts';
export type { Transport, TransportDeps, TransportRequest, TransportResponse } from './transport.ts';
export { createWorkQueue } from './work-queue.ts';
export type { WorkQueue, WorkQueueDeps } from './work-queue.ts';

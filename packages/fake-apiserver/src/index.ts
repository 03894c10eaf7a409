export type { Extension } from './api.ts';
export type { Clock } from './clock.ts';
export {
  createFakeApiServer,
  type FakeApiServer,
  type FakeApiServerOptions,
} from './fake-api-server.ts';
export { checkFault } from './faults/fault-check.ts';
export type { AddedFault, Fault, FaultKind, FaultMatch, Verb } from './faults/fault.ts';
export type { Faults } from './faults/faults.ts';
export { jsonAnswer, type Answer, type ApiRequest } from './http/answer.ts';

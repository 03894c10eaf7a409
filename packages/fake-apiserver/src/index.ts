export type { Clock } from './clock.ts';
export {
  createFakeApiServer,
  type FakeApiServer,
  type FakeApiServerOptions,
} from './fake-api-server.ts';

export { certificate, privateKey } from './certificate.ts';
export { createFakeClock, settle, type FakeClock } from './fake-clock.ts';

import { clientGo, provideGoProgram } from '../cluster/go-program.ts';
import { testClient } from './testing.ts';

await testClient('client-go', {
  parts: ['discovery', 'dynamic', 'informer', 'typed'],
  async provide() {
    const program = await provideGoProgram(clientGo, AbortSignal.timeout(900_000));
    return typeof program === 'string' ? { command: program, args: [] } : program;
  },
});

import { join } from 'node:path';
import { testClient } from './testing.ts';

await testClient('@kubernetes/client-node', {
  parts: ['custom', 'built-ins', 'objects', 'watch', 'informer'],
  provide: () =>
    Promise.resolve({
      command: process.execPath,
      args: [join(import.meta.dirname, 'client-node/main.ts')],
    }),
});

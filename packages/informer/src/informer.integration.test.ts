import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createFakeApiServer } from '@kindscope/fake-apiserver';
import { testInformerAt } from './testing/cluster-suite.ts';
import { createDirectory } from './testing/kubeconfig-file.ts';

testInformerAt('the embedded API server', async () => {
  const directory = createDirectory();
  const server = await createFakeApiServer();
  const kubeconfig = join(directory.path, 'config');
  writeFileSync(kubeconfig, server.kubeconfig());
  return {
    kubeconfig,
    stop: () => server.stop(),
    start: () => server.start(),
    async close() {
      await server.close();
      directory.remove();
    },
  };
});

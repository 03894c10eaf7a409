import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { describe } from 'vitest';
import { startControlPlane } from '../../../../e2e/cluster/index.ts';
import { isMap, listAt, mapAt, stringAt, type Json } from '../json.ts';
import type { ContractServer } from './contract-client.ts';
import { apiServerContract, controllerContract } from './contract.ts';

describe('kube-apiserver', () => {
  apiServerContract(() => connect(true));
  controllerContract(() => connect(false));
});

/** `bare`: without the controllers, which would change what other tests look at. */
async function connect(bare: boolean): Promise<ContractServer> {
  const plane = await startControlPlane({ bare });
  return {
    url: plane.server,
    token: plane.token,
    ca: authorityOf(plane.kubeconfig),
    compact: plane.compact,
    close: plane.stop,
  };
}

/** The certificate authority that a kubeconfig's first cluster carries or names. */
function authorityOf(path: string): string {
  const config = load(readFileSync(path, 'utf8')) as Json;
  const [first] = listAt(isMap(config) ? config : {}, 'clusters');
  const cluster = mapAt(isMap(first) ? first : undefined, 'cluster');
  const data = stringAt(cluster, 'certificate-authority-data');
  if (data !== undefined) return Buffer.from(data, 'base64').toString();
  return readFileSync(stringAt(cluster, 'certificate-authority') ?? '', 'utf8');
}

import { describe } from 'vitest';
import { createFakeApiServer } from '../fake-api-server.ts';
import type { ContractServer } from './contract-client.ts';
import { apiServerContract, controllerContract } from './contract.ts';

describe('the embedded API server', () => {
  apiServerContract(connect);
  controllerContract(connect);
});

async function connect(): Promise<ContractServer> {
  const server = await createFakeApiServer();
  const { url, token } = server;
  return { url, token, compact: () => server.compact(), close: () => server.close() };
}

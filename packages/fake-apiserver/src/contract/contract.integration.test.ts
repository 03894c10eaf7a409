import { describe } from 'vitest';
import { createFakeApiServer } from '../fake-api-server.ts';
import { apiServerContract } from './contract.ts';

describe('the embedded API server', () => {
  apiServerContract(async () => {
    const server = await createFakeApiServer();
    const { url, token } = server;
    return { url, token, compact: () => server.compact(), close: () => server.close() };
  });
});

import { describe } from 'vitest';
import { createFakeApiServer } from '../fake-api-server.ts';
import { apiServerContract } from './contract.ts';

describe('the embedded API server', () => {
  apiServerContract(async () => {
    const server = await createFakeApiServer();
    return { url: server.url, token: server.token, close: () => server.close() };
  });
});

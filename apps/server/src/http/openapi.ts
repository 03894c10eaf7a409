import swagger from '@fastify/swagger';
import type { App } from './app.ts';

/** Collects the schemas of the routes that are registered after it. */
export async function registerOpenApi(app: App, deps: { readonly version: string }): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Kindscope',
        description:
          'See every Kubernetes custom resource change, live. Errors are problem documents (RFC 9457). The live protocol is at WS /api/v1/stream.',
        version: deps.version,
      },
      components: {
        securitySchemes: {
          token: { type: 'http', scheme: 'bearer', description: 'The token of the printed URL' },
        },
      },
      security: [{ token: [] }],
    },
  });
  app.get('/api/openapi.json', { schema: { summary: 'This document' } }, async () => app.swagger());
}

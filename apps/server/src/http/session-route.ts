import { Type } from '@fastify/type-provider-typebox';
import type { Access } from './access.ts';
import type { App } from './app.ts';
import { sendProblem } from './problem.ts';

const SessionRequest = Type.Object(
  { token: Type.String({ minLength: 1, maxLength: 1024 }) },
  { additionalProperties: false },
);

/** The page's token form: the token becomes the cookie. */
export function registerSession(app: App, deps: { readonly access: Access }): void {
  app.post(
    '/api/v1/session',
    {
      config: { public: true },
      bodyLimit: 4096,
      schema: { summary: 'Exchange the token for the session cookie', body: SessionRequest },
    },
    async (request, reply) => {
      if (!deps.access.isToken(request.body.token)) {
        return sendProblem(reply, {
          code: 'unauthorized',
          detail: 'This is not the token.',
          remedy: 'Copy it from the URL that Kindscope printed in its terminal.',
        });
      }
      return reply.header('set-cookie', deps.access.cookie()).code(204).send();
    },
  );
}

import { Type } from '@fastify/type-provider-typebox';
import { DemoScenario, DemoScenarioList } from '@kindscope/protocol';
import type { DemoStories } from '../cluster/demo-stories.ts';
import { failure, success } from '../result.ts';
import type { App } from './app.ts';
import { unwrap } from './params.ts';
import { requestSignal } from './request-signal.ts';

export interface DemoRoutesDeps {
  /** Absent where the cluster is not the demo's. */
  readonly stories?: DemoStories;
}

const StoryParams = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 63, examples: ['stuck-rollout'] }),
});

/** The demo's stories: the only thing Kindscope changes anywhere, in a cluster that is its own. */
export function registerDemo(app: App, deps: DemoRoutesDeps): void {
  const stories = (): DemoStories => unwrap(deps.stories ? success(deps.stories) : noDemo);
  app.get(
    '/api/v1/demo',
    {
      schema: {
        summary: 'The stories of the embedded demo cluster',
        response: { 200: DemoScenarioList },
      },
    },
    async (_request, reply) => ({ items: unwrap(await stories().list(requestSignal(reply))) }),
  );
  app.post(
    '/api/v1/demo/:name',
    {
      schema: {
        summary: 'Play a story in the demo cluster',
        params: StoryParams,
        response: { 202: DemoScenario },
      },
    },
    async ({ params }, reply) => {
      const scenario = unwrap(await stories().start(params.name, requestSignal(reply)));
      return reply.code(202).send(scenario);
    },
  );
  app.delete(
    '/api/v1/demo/:name',
    {
      schema: {
        summary: 'End a story, and put back what it has changed',
        params: StoryParams,
        response: { 202: DemoScenario },
      },
    },
    async ({ params }, reply) => {
      const scenario = unwrap(await stories().end(params.name, requestSignal(reply)));
      return reply.code(202).send(scenario);
    },
  );
}

const noDemo = failure({
  code: 'no-demo',
  detail: 'This cluster is not the embedded demo: it has no stories to play.',
  remedy: 'Start Kindscope with --demo to have a cluster that has.',
});

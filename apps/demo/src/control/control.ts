import type { ApiRequest, Extension, Faults } from '@kindscope/fake-apiserver';
import type { Director } from '../scenarios/director.ts';
import { refusal } from './answers.ts';
import { createFaultControl } from './fault-control.ts';
import { answerScenarios } from './scenario-control.ts';

/** What can be controlled once the demo is ready. */
export interface Controlled {
  readonly director: Director;
  readonly faults: Faults;
}

export interface Control {
  /** Answers `/demo/…` for who is authenticated, and nothing else. */
  readonly extend: Extension;
  /** Until then everything is refused with 503. */
  ready(controlled: Controlled): void;
}

/** The demo's own HTTP API, beside that of Kubernetes: stories and faults. */
export function createControl(): Control {
  let answer: ((request: ApiRequest) => ReturnType<Extension>) | undefined;
  return {
    extend(request) {
      if (request.segments[0] !== 'demo') return undefined;
      if (answer !== undefined) return answer(request);
      const retry = { 'retry-after': '1' };
      return refusal(503, 'ServiceUnavailable', 'The demo is still being set up.', retry);
    },
    ready({ director, faults }) {
      const faultControl = createFaultControl(faults);
      answer = (request) => {
        const [, collection, id, ...rest] = request.segments;
        if (rest.length === 0 && collection === 'scenarios')
          return answerScenarios(director, request, id);
        if (rest.length === 0 && collection === 'faults') return faultControl(request, id);
        const message = 'There are /demo/scenarios, /demo/scenarios/NAME and /demo/faults here.';
        return refusal(404, 'NotFound', message);
      };
    },
  };
}

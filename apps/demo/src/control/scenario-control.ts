import { jsonAnswer, type Answer, type ApiRequest } from '@kindscope/fake-apiserver';
import type { Director } from '../scenarios/director.ts';
import { unknownScenario, type Scenario } from '../scenarios/scenario.ts';
import { methodNotAllowed, refusal } from './answers.ts';

/** `GET /demo/scenarios`, and `GET`, `POST` and `DELETE /demo/scenarios/{name}`. */
export function answerScenarios(
  director: Director,
  { method, body }: ApiRequest,
  name: string | undefined,
): Answer {
  if (name === undefined) {
    if (method !== 'GET') return methodNotAllowed(method, ['GET']);
    return jsonAnswer({ items: director.scenarios.map((scenario) => itemOf(director, scenario)) });
  }
  const scenario = director.scenarios.find((candidate) => candidate.name === name);
  if (scenario === undefined)
    return refusal(404, 'NotFound', unknownScenario(name, director.scenarios));
  switch (method) {
    case 'GET':
      return jsonAnswer(itemOf(director, scenario));
    case 'POST':
      return isEmpty(body) ? start(director, scenario) : refusal(400, 'BadRequest', needsNoBody);
    case 'DELETE':
      director.end(scenario);
      return jsonAnswer(itemOf(director, scenario), isRunning(director, scenario) ? 202 : 200);
    default:
      return methodNotAllowed(method, ['GET', 'POST', 'DELETE']);
  }
}

const needsNoBody = 'A scenario is started without a body: everything about it is fixed.';

function start(director: Director, scenario: Scenario): Answer {
  switch (director.start(scenario)) {
    case 'started':
      return jsonAnswer(itemOf(director, scenario), 202);
    case 'already': {
      const message = `${scenario.name} is being played: wait until it is through, or DELETE it first.`;
      return refusal(409, 'Conflict', message);
    }
    case 'over':
      return refusal(503, 'ServiceUnavailable', 'The demo is ending.');
  }
}

function isRunning(director: Director, scenario: Scenario): boolean {
  return director.standing(scenario).state === 'running';
}

/** Nothing, or what some clients send for nothing. */
function isEmpty(body: Buffer): boolean {
  return ['', '{}', 'null'].includes(body.toString('utf8', 0, 16).trim());
}

function itemOf(director: Director, scenario: Scenario) {
  const { name, title, description, subjects } = scenario;
  const resources = subjects.map(({ gvr, ...rest }) => ({ ...gvr, ...rest }));
  return { name, title, description, resources, ...director.standing(scenario) };
}

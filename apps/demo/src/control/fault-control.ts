import {
  checkFault,
  jsonAnswer,
  type AddedFault,
  type Answer,
  type ApiRequest,
  type Fault,
  type Faults,
} from '@kindscope/fake-apiserver';
import { methodNotAllowed, refusal } from './answers.ts';

/** So many at once are enough for every experiment. */
const most = 100;

/** More than any fault needs. */
const maxBytes = 10_000;

/** A fault as it was sent, which is JSON. */
type SentFault = Fault & Parameters<typeof jsonAnswer>[0];

interface Entry {
  readonly fault: SentFault;
  readonly added: AddedFault;
}

/** `GET`, `POST` and `DELETE /demo/faults`, and `GET` and `DELETE /demo/faults/{id}`. */
export function createFaultControl(
  faults: Faults,
): (request: ApiRequest, id: string | undefined) => Answer {
  const entries = new Map<string, Entry>();
  let last = 0;

  function add(body: Buffer): Answer {
    if (entries.size >= most) {
      return refusal(409, 'Conflict', `There are ${most} faults already: DELETE some first.`);
    }
    const fault = readFault(body);
    if (typeof fault === 'string') return refusal(400, 'BadRequest', fault);
    last += 1;
    const id = String(last);
    const entry = { fault, added: faults.add(fault) };
    entries.set(id, entry);
    return jsonAnswer(itemOf(id, entry), 201);
  }

  function all({ method, body }: ApiRequest): Answer {
    switch (method) {
      case 'GET':
        return jsonAnswer({ items: [...entries].map(([id, entry]) => itemOf(id, entry)) });
      case 'POST':
        return add(body);
      case 'DELETE':
        for (const { added } of entries.values()) added.remove();
        entries.clear();
        return jsonAnswer({ items: [] });
      default:
        return methodNotAllowed(method, ['GET', 'POST', 'DELETE']);
    }
  }

  function one({ method }: ApiRequest, id: string): Answer {
    const entry = entries.get(id);
    if (entry === undefined) return refusal(404, 'NotFound', `There is no fault "${id}".`);
    switch (method) {
      case 'GET':
        return jsonAnswer(itemOf(id, entry));
      case 'DELETE':
        entry.added.remove();
        entries.delete(id);
        return jsonAnswer(itemOf(id, entry));
      default:
        return methodNotAllowed(method, ['GET', 'DELETE']);
    }
  }

  return (request, id) => (id === undefined ? all(request) : one(request, id));
}

/** The fault that the body is; else what is wrong with it, for people. */
function readFault(body: Buffer): SentFault | string {
  const example = 'Send one such as {"kind":"status","code":503,"on":{"resource":"pods"}}.';
  if (body.length > maxBytes) return `A fault is no longer than ${maxBytes} bytes. ${example}`;
  try {
    const fault: unknown = JSON.parse(body.toString());
    checkFault(fault);
    return fault as SentFault;
  } catch (error) {
    const why = error instanceof TypeError ? error.message : 'the body is not JSON';
    return `That is no fault: ${why}. ${example}`;
  }
}

function itemOf(id: string, { fault, added }: Entry) {
  return { id, hits: added.hits, fault };
}

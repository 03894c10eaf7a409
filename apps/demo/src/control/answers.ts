import { jsonAnswer, type Answer } from '@kindscope/fake-apiserver';

/** A refusal in the form of the API server's own: a `Status`. */
export function refusal(
  code: number,
  reason: string,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  const status = {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message,
    reason,
    code,
  };
  return jsonAnswer(status, code, headers);
}

export function methodNotAllowed(method: string, allowed: readonly string[]): Answer {
  const allow = allowed.join(', ');
  const message = `${method} is not possible here: use ${allow}.`;
  return refusal(405, 'MethodNotAllowed', message, { allow });
}

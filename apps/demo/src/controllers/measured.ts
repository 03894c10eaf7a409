import {
  isJsonNumber,
  listAt,
  numberText,
  parseJson,
  stringAt,
  valueAt,
  type JsonValue,
} from '@kindscope/kube';
import { between } from '../random.ts';
import type { Controller, Look } from './controller.ts';
import { steady, walk } from './steady.ts';

const minute = 60_000;

/** A topic's end is beyond what a double can count from the first day on. */
const firstOffset = 9_007_199_254_740_993n;

/** Things that are well and move a little. */
export const measured: readonly Controller[] = [
  steady({
    manager: 'worker-autoscaler',
    apiVersion: 'apps.shop.example/v1',
    resource: 'workers',
    everyMs: 4 * minute,
    measure: (look) => {
      const backlog = walk(look, 'backlog', { low: 0, high: 900, step: 120 });
      return { backlog, replicas: 1 + Math.floor(backlog / 90) };
    },
  }),
  steady({
    manager: 'flag-evaluator',
    apiVersion: 'flags.example.dev/v1',
    resource: 'featureflags',
    // Those that only fill the cluster are nobody's.
    labelSelector: '!generated',
    everyMs: 10 * minute,
    measure: (look) => ({
      evaluationsPerMinute: walk(look, 'evaluationsPerMinute', {
        low: 10,
        high: 90_000,
        step: 400,
      }),
    }),
  }),
  steady({
    manager: 'experiment-analyst',
    apiVersion: 'flags.example.dev/v1',
    resource: 'experiments',
    everyMs: 2 * minute,
    measure: (look) => ({
      samples: walk(look, 'samples', { low: 1_000, high: 900_000, step: 300 }),
      uplift: between(look.random, -300, 900) / 10_000,
    }),
  }),
  steady({
    manager: 'tenant-controller',
    apiVersion: 'tenancy.example.com/v1',
    resource: 'tenants',
    everyMs: 3 * minute,
    measure: (look) => ({
      usedCpu: `${between(look.random, 4_000, 39_000)}m`,
      namespaces: listAt(look.object, 'spec', 'namespaces').length,
    }),
  }),
  steady({
    manager: 'envoy-gateway',
    apiVersion: 'gateway.example.net/v1',
    resource: 'gateways',
    everyMs: 10 * minute,
    measure: (look) => ({
      address: kept(look, 'address') ?? `203.0.113.${between(look.random, 2, 250)}`,
      routes: walk(look, 'routes', { low: 3, high: 9, step: 1 }),
    }),
  }),
  steady({
    manager: 'envoy-gateway',
    apiVersion: 'gateway.example.net/v1',
    resource: 'apiroutes',
    everyMs: 4 * minute,
    measure: (look) => ({
      requestsPerSecond: walk(look, 'requestsPerSecond', { low: 0, high: 4_000, step: 60 }),
      p99Millis: walk(look, 'p99Millis', { low: 4, high: 900, step: 12 }),
    }),
  }),
  steady({
    manager: 'cert-controller',
    apiVersion: 'certs.example.org/v1',
    resource: 'issuers',
    everyMs: 10 * minute,
    measure: (look) => ({ issued: walk(look, 'issued', { low: 30, high: 4_000, step: 1 }) }),
  }),
  steady({
    manager: 'kafka-operator',
    apiVersion: 'streaming.example.io/v1',
    resource: 'kafkatopics',
    everyMs: 1.5 * minute,
    measure: (look) => {
      const messagesPerSecond = walk(look, 'messagesPerSecond', { low: 1, high: 9_000, step: 150 });
      return { messagesPerSecond, endOffset: grown(look, 'endOffset', messagesPerSecond * 60) };
    },
  }),
  steady({
    manager: 'pipeline-controller',
    apiVersion: 'ci.example.dev/v1',
    resource: 'pipelines',
    everyMs: 10 * minute,
    measure: (look) => ({
      successRate: walk(look, 'successRate', { low: 60, high: 100, step: 5 }),
    }),
  }),
];

function kept(look: Look, field: string): string | undefined {
  return stringAt(look.object, 'status', field);
}

/** The number in that field with `by` added, exact whatever its size. */
function grown(look: Look, field: string, by: number): JsonValue {
  const found = valueAt(look.object, 'status', field);
  const last = isJsonNumber(found) ? BigInt(numberText(found)) : firstOffset;
  return parseJson(String(last + BigInt(by)));
}

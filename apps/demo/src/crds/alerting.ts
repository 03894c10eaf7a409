import type { CrdSpec, Schema } from './crd.ts';
import { flag, object, stringMap, text } from './schema.ts';

const rule = {
  expression: text('The query in PromQL; the alert fires while it returns anything.'),
  for: text('How long it must hold before the alert fires, such as 5m.'),
  severity: text('Who is told: nobody, the team by day, or whoever is on call.', [
    'info',
    'warning',
    'critical',
  ]),
  summary: text('What is wrong, in one sentence.'),
  labels: stringMap('Labels that every alert of this rule carries.'),
  paused: flag('Not evaluated while true.'),
};

const required = ['expression', 'severity'];

/** What the rule's next version knows besides. */
export const alertRuleV1: Schema = object(
  {
    ...rule,
    keepFiringFor: {
      ...text('How long the alert keeps firing after the expression has stopped to hold.'),
      default: '2m',
    },
  },
  required,
);

/** Rules are read by Prometheus, which reports nothing back: no status. */
export const alertRule: CrdSpec = {
  group: 'monitoring.example.io',
  kind: 'AlertRule',
  plural: 'alertrules',
  shortNames: ['rule'],
  categories: ['monitoring'],
  description: 'AlertRule says which state of the metrics somebody is told of.',
  versions: [{ name: 'v1beta1', storage: true }],
  spec: object(rule, required),
  columns: [
    { name: 'Severity', type: 'string', jsonPath: '.spec.severity' },
    { name: 'For', type: 'string', jsonPath: '.spec.for' },
    { name: 'Summary', type: 'string', jsonPath: '.spec.summary' },
    { name: 'Expression', type: 'string', jsonPath: '.spec.expression', priority: 1 },
  ],
};

import type { DemoObject } from './demo-object.ts';

type Rule = readonly [
  name: string,
  namespace: string,
  severity: 'info' | 'warning' | 'critical',
  lasting: string,
  expression: string,
  summary: string,
];

const rules: readonly Rule[] = [
  [
    'checkout-errors',
    'shop',
    'critical',
    '2m',
    'sum(rate(http_requests_total{app="checkout",code=~"5.."}[5m])) > 5',
    'Checkout answers with errors.',
  ],
  [
    'payments-latency',
    'shop',
    'warning',
    '10m',
    'histogram_quantile(0.99, sum by (le) (rate(http_request_duration_seconds_bucket{app="payments"}[5m]))) > 0.8',
    'Payments take longer than 800 ms.',
  ],
  [
    'search-empty-results',
    'search',
    'warning',
    '15m',
    'avg_over_time(search_empty_ratio[15m]) > 0.2',
    'One search in five finds nothing.',
  ],
  [
    'edge-certificate-ends',
    'edge',
    'critical',
    '1h',
    'min(tls_certificate_not_after - time()) < 7 * 86400',
    'A certificate of the edge ends within a week.',
  ],
  [
    'sign-in-failures',
    'identity',
    'critical',
    '5m',
    'sum(rate(login_failures_total[5m])) > 20',
    'Unusually many people cannot sign in.',
  ],
  [
    'mail-queue-grows',
    'ops',
    'warning',
    '30m',
    'deriv(mailer_queue_length[30m]) > 0',
    'Mail is written faster than it is sent.',
  ],
  [
    'ingest-lag',
    'data',
    'warning',
    '10m',
    'max(kafka_consumergroup_lag{group="enrich"}) > 50000',
    'Enrichment is behind by more than 50,000 messages.',
  ],
  [
    'training-idle',
    'ml',
    'info',
    '6h',
    'sum(gpu_utilization{job="training"}) == 0',
    'Graphics cards stand idle.',
  ],
];

/** What the company is woken by. */
export function alertRuleObjects(): DemoObject[] {
  return rules.map(([name, namespace, severity, lasting, expression, summary]) => ({
    apiVersion: 'monitoring.example.io/v1beta1',
    resource: 'alertrules',
    manager: 'kustomize-controller',
    body: {
      apiVersion: 'monitoring.example.io/v1beta1',
      kind: 'AlertRule',
      metadata: { name, namespace, labels: { severity, prometheus: 'main' } },
      spec: { expression, for: lasting, severity, summary, labels: { route: namespace } },
    },
  }));
}

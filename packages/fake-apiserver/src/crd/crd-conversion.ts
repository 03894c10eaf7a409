import { mapAt, stringAt, stringsAt, type JsonMap } from '../json.ts';
import { at, forbidden, invalidValue, notSupported, required } from '../schema/field-errors.ts';
import type { Cause } from '../status.ts';
import { labelFaults } from './crd-names.ts';
import { serviceCauses, urlCauses } from './webhook-client.ts';

const REVIEW_VERSIONS = ['v1', 'v1beta1'];

/** What is wrong with how a CRD's versions are converted. Webhooks are declared, and not called. */
export function conversionCauses(conversion: JsonMap | undefined, field: string): Cause[] {
  if (conversion === undefined) return [];
  const strategy = stringAt(conversion, 'strategy') ?? '';
  const webhook = mapAt(conversion, 'webhook');
  const client = mapAt(webhook, 'clientConfig');
  const versions = stringsAt(webhook, 'conversionReviewVersions');
  const causes = strategyCauses(strategy, `${field}.strategy`);
  if (strategy === 'Webhook') {
    return [
      ...causes,
      ...clientCauses(client, `${field}.webhookClientConfig`),
      ...reviewCauses(versions, `${field}.conversionReviewVersions`),
    ];
  }
  const why = 'should not be set when strategy is not set to Webhook';
  if (client !== undefined) causes.push(forbidden(`${field}.webhookClientConfig`, why));
  if (versions.length > 0) causes.push(forbidden(`${field}.conversionReviewVersions`, why));
  return causes;
}

function strategyCauses(strategy: string, field: string): Cause[] {
  if (strategy === '') return [required(field)];
  if (strategy === 'None' || strategy === 'Webhook') return [];
  return [notSupported(field, strategy, ['None', 'Webhook'])];
}

function clientCauses(client: JsonMap | undefined, field: string): Cause[] {
  if (client === undefined) return [required(field, 'required when strategy is set to Webhook')];
  const url = stringAt(client, 'url');
  const service = mapAt(client, 'service');
  if ((url === undefined) === (service === undefined)) {
    return [required(field, 'exactly one of url or service is required')];
  }
  if (url !== undefined) return urlCauses(url, `${field}.url`);
  return service === undefined ? [] : serviceCauses(service, `${field}.service`);
}

function reviewCauses(versions: readonly string[], field: string): Cause[] {
  if (versions.length === 0) return [required(field)];
  const seen = new Set<string>();
  const causes: Cause[] = [];
  for (const [index, version] of versions.entries()) {
    const wrong = (why: string): Cause => invalidValue(at(field, index), version, why);
    if (seen.has(version)) causes.push(wrong('duplicate version'));
    else causes.push(...labelFaults(version).map(wrong));
    seen.add(version);
  }
  if (!REVIEW_VERSIONS.some((version) => seen.has(version))) {
    const why = `must include at least one of ${REVIEW_VERSIONS.join(', ')}`;
    causes.push(invalidValue(field, [...versions], why));
  }
  return causes;
}

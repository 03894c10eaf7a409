import { NAME, type Refusal } from './crd-parts.ts';

/** CRDs with parts of a version beside its schema that Kubernetes refuses. */
export const VERSION_REFUSALS: readonly Refusal[] = [
  [
    'scale paths that lead elsewhere',
    ({ version }) => {
      version['subresources'] = {
        scale: {
          specReplicasPath: '.status.replicas',
          statusReplicasPath: 'status.replicas',
          labelSelectorPath: '.metadata.labels',
        },
      };
    },
    [
      'spec.subresources.scale.specReplicasPath: Invalid value: ".status.replicas": should be a json path under .spec',
      'spec.subresources.scale.statusReplicasPath: Invalid value: "status.replicas": must be a simple json path starting with .',
      'spec.subresources.scale.labelSelectorPath: Invalid value: ".metadata.labels": should be a json path under either .spec or .status',
    ],
  ],
  [
    'a scale without paths',
    ({ version }) => {
      version['subresources'] = { scale: {} };
    },
    [
      'spec.subresources.scale.specReplicasPath: Required value',
      'spec.subresources.scale.statusReplicasPath: Required value',
    ],
  ],
  [
    'printer columns without name, type and path',
    ({ version }) => {
      version['additionalPrinterColumns'] = [{}];
    },
    [
      'spec.additionalPrinterColumns[0].name: Required value',
      'spec.additionalPrinterColumns[0].type: Required value: must be one of boolean,date,integer,number,string',
      'spec.additionalPrinterColumns[0].JSONPath: Required value',
    ],
  ],
  [
    'a printer column of a type and a format that do not exist',
    ({ version }) => {
      version['additionalPrinterColumns'] = [
        { name: 'A', type: 'float', format: 'hex', jsonPath: 'spec.a' },
      ];
    },
    [
      'spec.additionalPrinterColumns[0].type: Invalid value: "float": must be one of boolean,date,integer,number,string',
      'spec.additionalPrinterColumns[0].format: Invalid value: "hex": must be one of byte,date,date-time,double,float,int32,int64,password',
      'spec.additionalPrinterColumns[0].JSONPath: Invalid value: "spec.a": must be a simple json path starting with .',
    ],
  ],
  [
    'a printer column in one of two versions',
    ({ spec, version }) => {
      spec['versions'] = [
        { ...version, additionalPrinterColumns: [{ name: 'A', type: 'string', jsonPath: 'a' }] },
        { ...version, name: 'v2', storage: false },
      ];
    },
    [
      'spec.versions[0].additionalPrinterColumns[0].JSONPath: Invalid value: "a": must be a simple json path starting with .',
    ],
  ],
  [
    'a warning of a version that is not deprecated',
    ({ version }) => {
      version['deprecationWarning'] = 'gone';
    },
    [
      'spec.versions[0].deprecationWarning: Invalid value: "gone": can only be set for deprecated versions',
    ],
  ],
  [
    'a warning that is empty',
    ({ version }) => {
      Object.assign(version, { deprecated: true, deprecationWarning: '' });
    },
    ['spec.versions[0].deprecationWarning: Invalid value: "": must not be an empty string'],
  ],
  [
    'a warning that is too long and cannot be printed',
    ({ version }) => {
      Object.assign(version, { deprecated: true, deprecationWarning: 'a\u0007' + 'b'.repeat(256) });
    },
    [
      'spec.versions[0].deprecationWarning: Invalid value: "a\\u0007bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb": must be <= 256 characters long',
      'spec.versions[0].deprecationWarning: Invalid value: "a\\u0007bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb": must only contain printable UTF-8 characters; non-printable character found at index 1',
    ],
  ],
  [
    'selectable fields that lead nowhere',
    ({ version }) => {
      version['selectableFields'] = [
        { jsonPath: '.spec.nowhere' },
        { jsonPath: 'spec.size' },
        { jsonPath: '' },
        { jsonPath: '.spec.list[0]' },
      ];
    },
    [
      'spec.selectableFields[0].jsonPath: Invalid value: ".spec.nowhere": is an invalid path: does not refer to a valid field',
      'spec.selectableFields[1].jsonPath: Invalid value: "spec.size": is an invalid path: expected [ or . but got: spec',
      'spec.selectableFields[2].jsonPath: Required value',
      'spec.selectableFields[3].jsonPath: Invalid value: ".spec.list[0]": is an invalid path: array notation is not allowed',
    ],
  ],
  [
    'selectable fields of a wrong type, in metadata, and twice',
    ({ version, schema, properties }) => {
      schema['properties'] = {
        ...properties,
        metadata: { type: 'object', properties: { name: { type: 'string' } } },
      };
      version['selectableFields'] = [
        { jsonPath: '.spec' },
        { jsonPath: '.metadata.name' },
        { jsonPath: '.spec.size' },
        { jsonPath: '.spec.size' },
      ];
    },
    [
      'spec.selectableFields[0].jsonPath: Invalid value: ".spec": must point to a field of type string, boolean or integer. Enum string fields and strings with formats are allowed.',
      'spec.selectableFields[1].jsonPath: Invalid value: ".metadata.name": must not point to fields in metadata',
      'spec.selectableFields[3].jsonPath: Duplicate value: ".spec.size"',
    ],
  ],
  [
    'too many selectable fields',
    ({ version, fields }) => {
      for (let i = 0; i < 9; i += 1) fields['f' + String(i)] = { type: 'string' };
      version['selectableFields'] = Array.from({ length: 9 }, (_, i) => ({
        jsonPath: '.spec.f' + String(i),
      }));
    },
    ['spec.selectableFields: Too many: 9: must have at most 8 items'],
  ],
  [
    'a conversion that does not exist',
    ({ spec }) => {
      spec['conversion'] = { strategy: 'Magic' };
    },
    ['spec.conversion.strategy: Unsupported value: "Magic": supported values: "None", "Webhook"'],
  ],
  [
    'a webhook without a client',
    ({ spec }) => {
      spec['conversion'] = { strategy: 'Webhook' };
    },
    [
      'spec.conversion.webhookClientConfig: Required value: required when strategy is set to Webhook',
      'spec.conversion.conversionReviewVersions: Required value',
    ],
  ],
  [
    'a webhook that cannot be called',
    ({ spec }) => {
      spec['conversion'] = {
        strategy: 'Webhook',
        webhook: {
          conversionReviewVersions: ['v7', 'v7'],
          clientConfig: { url: 'http://u@h?q#f' },
        },
      };
    },
    [
      'spec.conversion.webhookClientConfig.url: Invalid value: "http": \'https\' is the only allowed URL scheme; desired format: https://host[/path]',
      'spec.conversion.webhookClientConfig.url: Invalid value: "u": user information is not permitted in the URL',
      'spec.conversion.webhookClientConfig.url: Invalid value: "f": fragments are not permitted in the URL',
      'spec.conversion.webhookClientConfig.url: Invalid value: "q": query parameters are not permitted in the URL',
      'spec.conversion.conversionReviewVersions[1]: Invalid value: "v7": duplicate version',
      'spec.conversion.conversionReviewVersions: Invalid value: ["v7","v7"]: must include at least one of v1, v1beta1',
    ],
  ],
  [
    'a webhook that nobody asked for',
    ({ spec }) => {
      spec['conversion'] = {
        strategy: 'None',
        webhook: { conversionReviewVersions: ['v1'], clientConfig: { url: 'https://host' } },
      };
    },
    [
      'spec.conversion.webhookClientConfig: Forbidden: should not be set when strategy is not set to Webhook',
      'spec.conversion.conversionReviewVersions: Forbidden: should not be set when strategy is not set to Webhook',
    ],
  ],
  [
    'a wish for unknown fields everywhere',
    ({ spec }) => {
      spec['preserveUnknownFields'] = true;
    },
    [
      'spec.preserveUnknownFields: Invalid value: true: cannot set to true, set x-kubernetes-preserve-unknown-fields to true in spec.versions[*].schema instead',
    ],
  ],
  [
    'a group of the community without its approval',
    ({ spec }) => {
      spec['group'] = 'contract.k8s.io';
    },
    [
      NAME,
      'metadata.annotations[api-approved.kubernetes.io]: Required value: protected groups must have approval annotation "api-approved.kubernetes.io", see https://github.com/kubernetes/enhancements/pull/1111',
    ],
  ],
  [
    'an approval that is none',
    ({ meta, spec }) => {
      spec['group'] = 'contract.k8s.io';
      meta['annotations'] = { 'api-approved.kubernetes.io': 'yes' };
    },
    [
      NAME,
      'metadata.annotations[api-approved.kubernetes.io]: Invalid value: "yes": protected groups must have approval annotation "api-approved.kubernetes.io" with either a URL or a reason starting with "unapproved", see https://github.com/kubernetes/enhancements/pull/1111',
    ],
  ],
];

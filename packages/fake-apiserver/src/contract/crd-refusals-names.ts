import { LABEL, NAME, SUBDOMAIN, type Refusal } from './crd-parts.ts';

/** CRDs with names and versions that Kubernetes refuses, and what it says of each. */
export const NAME_REFUSALS: readonly Refusal[] = [
  [
    'no group',
    ({ spec }) => {
      spec['group'] = '';
    },
    [NAME, 'spec.group: Required value'],
  ],
  [
    'a group without a dot',
    ({ spec }) => {
      spec['group'] = 'example';
    },
    [NAME, 'spec.group: Invalid value: "example": should be a domain with at least one dot'],
  ],
  [
    'a group that is no domain',
    ({ spec }) => {
      spec['group'] = 'Example.com';
    },
    [NAME, `spec.group: Invalid value: "Example.com": ${SUBDOMAIN}`],
  ],
  [
    'no scope',
    ({ spec }) => {
      delete spec['scope'];
    },
    ['spec.scope: Required value'],
  ],
  [
    'a plural that is no label',
    ({ names }) => {
      names['plural'] = 'Levers';
    },
    [NAME, `spec.names.plural: Invalid value: "Levers": ${LABEL}`],
  ],
  [
    'a singular that is no label',
    ({ names }) => {
      names['singular'] = '1st';
    },
    [`spec.names.singular: Invalid value: "1st": ${LABEL}`],
  ],
  [
    'a kind that is no label',
    ({ names }) => {
      names['kind'] = 'Big_Lever';
    },
    [
      `spec.names.singular: Invalid value: "big_lever": ${LABEL}`,
      `spec.names.kind: Invalid value: "Big_Lever": may have mixed case, but should otherwise match: ${LABEL}`,
      `spec.names.listKind: Invalid value: "Big_LeverList": may have mixed case, but should otherwise match: ${LABEL}`,
    ],
  ],
  [
    'a kind that is its own list kind',
    ({ names }) => {
      names['listKind'] = 'Lever';
    },
    ['spec.names.listKind: Invalid value: "Lever": kind and listKind may not be the same'],
  ],
  [
    'a short name that is no label',
    ({ names }) => {
      names['shortNames'] = ['ok', 'l v'];
    },
    [`spec.names.shortNames[1]: Invalid value: "l v": ${LABEL}`],
  ],
  [
    'a category that is no label',
    ({ names }) => {
      names['categories'] = ['All'];
    },
    [`spec.names.categories[0]: Invalid value: "All": ${LABEL}`],
  ],
  [
    'a name that is too long',
    ({ names }) => {
      names['singular'] = 'x'.repeat(64);
    },
    [
      'spec.names.singular: Invalid value: "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx": must be no more than 63 characters',
    ],
  ],
  [
    'no names',
    ({ spec }) => {
      delete spec['names'];
    },
    [
      NAME,
      'spec.names.plural: Required value',
      'spec.names.singular: Required value',
      'spec.names.kind: Required value',
      'spec.names.listKind: Required value',
    ],
  ],
  [
    'no versions',
    ({ spec }) => {
      spec['versions'] = [];
    },
    [
      'spec.versions: Invalid value: []: must have exactly one version marked as storage version',
      'status.storedVersions: Invalid value: null: must have at least one stored version',
    ],
  ],
  [
    'a version that is no label',
    ({ version }) => {
      version['name'] = 'V1';
    },
    [
      `spec.versions[0].name: Invalid value: "V1": ${LABEL}`,
      `spec.version: Invalid value: "V1": ${LABEL}`,
    ],
  ],
  [
    'two versions of one name',
    ({ spec, version }) => {
      spec['versions'] = [version, { ...version, storage: false, deprecated: true }];
    },
    [
      'spec.versions: Invalid value: [{"Name":"v1","Served":true,"Storage":true,"Deprecated":false,"DeprecationWarning":null,"Schema":null,"Subresources":null,"AdditionalPrinterColumns":null,"SelectableFields":null},{"Name":"v1","Served":true,"Storage":false,"Deprecated":true,"DeprecationWarning":null,"Schema":null,"Subresources":null,"AdditionalPrinterColumns":null,"SelectableFields":null}]: must contain unique version names',
    ],
  ],
  [
    'two storage versions',
    ({ spec }) => {
      spec['versions'] = [
        {
          name: 'v1',
          served: true,
          storage: true,
          schema: { openAPIV3Schema: { type: 'object' } },
        },
        {
          name: 'v2',
          served: true,
          storage: true,
          schema: { openAPIV3Schema: { type: 'object', description: 'two' } },
        },
      ];
    },
    [
      'spec.versions: Invalid value: [{"Name":"v1","Served":true,"Storage":true,"Deprecated":false,"DeprecationWarning":null,"Schema":{"OpenAPIV3Schema":{"ID":"","Schema":"","Ref":null,"Description":"","Type":"object","Nullable":false,"Format":"","Title":"","Default":null,"Maximum":null,"ExclusiveMaximum":false,"Minimum":null,"ExclusiveMinimum":false,"MaxLength":null,"MinLength":null,"Pattern":"","MaxItems":null,"MinItems":null,"UniqueItems":false,"MultipleOf":null,"Enum":null,"MaxProperties":null,"MinProperties":null,"Required":null,"Items":null,"AllOf":null,"OneOf":null,"AnyOf":null,"Not":null,"Properties":null,"AdditionalProperties":null,"PatternProperties":null,"Dependencies":null,"AdditionalItems":null,"Definitions":null,"ExternalDocs":null,"Example":null,"XPreserveUnknownFields":null,"XEmbeddedResource":false,"XIntOrString":false,"XListMapKeys":null,"XListType":null,"XMapType":null,"XValidations":null}},"Subresources":null,"AdditionalPrinterColumns":null,"SelectableFields":null},{"Name":"v2","Served":true,"Storage":true,"Deprecated":false,"DeprecationWarning":null,"Schema":{"OpenAPIV3Schema":{"ID":"","Schema":"","Ref":null,"Description":"two","Type":"object","Nullable":false,"Format":"","Title":"","Default":null,"Maximum":null,"ExclusiveMaximum":false,"Minimum":null,"ExclusiveMinimum":false,"MaxLength":null,"MinLength":null,"Pattern":"","MaxItems":null,"MinItems":null,"UniqueItems":false,"MultipleOf":null,"Enum":null,"MaxProperties":null,"MinProperties":null,"Required":null,"Items":null,"AllOf":null,"OneOf":null,"AnyOf":null,"Not":null,"Properties":null,"AdditionalProperties":null,"PatternProperties":null,"Dependencies":null,"AdditionalItems":null,"Definitions":null,"ExternalDocs":null,"Example":null,"XPreserveUnknownFields":null,"XEmbeddedResource":false,"XIntOrString":false,"XListMapKeys":null,"XListType":null,"XMapType":null,"XValidations":null}},"Subresources":null,"AdditionalPrinterColumns":null,"SelectableFields":null}]: must have exactly one version marked as storage version',
      'status.storedVersions: Invalid value: ["v1"]: must have the storage version v2',
    ],
  ],
  [
    'no schema',
    ({ version }) => {
      delete version['schema'];
    },
    ['spec.versions[0].schema.openAPIV3Schema: Required value'],
  ],
  [
    'no schema in one of two versions',
    ({ spec, version }) => {
      spec['versions'] = [version, { name: 'v2', served: true, storage: false }];
    },
    ['spec.versions[1].schema.openAPIV3Schema: Required value'],
  ],
];

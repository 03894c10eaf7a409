import type { CrdSpec } from './crd.ts';
import { defaulting, duration, flag, instant, int, object, set, status, text } from './schema.ts';

const group = 'certs.example.org';

export const certificates: readonly CrdSpec[] = [
  {
    group,
    kind: 'Certificate',
    plural: 'certificates',
    shortNames: ['cert', 'certs'],
    description:
      'Certificate is a TLS certificate that is kept in a Secret and renewed before it ends.',
    spec: object(
      {
        dnsNames: set(text('A host name.'), 'The names it is good for.'),
        secretName: text('The Secret that it and its key are kept in.'),
        issuer: text('The Issuer that signs it.'),
        renewBefore: defaulting(duration('How long before its end it is renewed.'), '10m'),
        privateKey: object(
          {
            algorithm: defaulting(text('Which kind of key it has.', ['ECDSA', 'RSA']), 'ECDSA'),
            size: int('How many bits the key has.', 256),
            rotate: defaulting(flag('Whether each renewal brings a new key.'), true),
          },
          [],
          'What its key is like.',
        ),
      },
      ['dnsNames', 'secretName', 'issuer'],
    ),
    status: status({
      notBefore: instant('When the certificate began to be good.'),
      notAfter: instant('When it ends.'),
      revision: int('How often it has been issued.'),
    }),
    selectable: ['.spec.issuer'],
    columns: [
      { name: 'Ready', type: 'string', jsonPath: '.status.conditions[?(@.type=="Ready")].status' },
      { name: 'Secret', type: 'string', jsonPath: '.spec.secretName' },
      { name: 'Revision', type: 'integer', jsonPath: '.status.revision' },
      { name: 'Ends', type: 'string', jsonPath: '.status.notAfter', priority: 1 },
      { name: 'Issuer', type: 'string', jsonPath: '.spec.issuer', priority: 1 },
    ],
  },
  {
    group,
    kind: 'Issuer',
    plural: 'issuers',
    scope: 'Cluster',
    description: 'Issuer is an authority that signs certificates.',
    spec: object(
      {
        server: { ...text('Where it is asked.'), format: 'uri' },
        email: { ...text('Where it writes to before a certificate ends.'), format: 'email' },
      },
      ['server'],
    ),
    status: status({ issued: int('How many certificates it has signed.') }),
    columns: [
      { name: 'Ready', type: 'string', jsonPath: '.status.conditions[?(@.type=="Ready")].status' },
      { name: 'Issued', type: 'integer', jsonPath: '.status.issued' },
      { name: 'Server', type: 'string', jsonPath: '.spec.server', priority: 1 },
    ],
  },
];

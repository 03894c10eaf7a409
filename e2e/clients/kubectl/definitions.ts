import { script } from '../script.ts';

const crd = (
  plural: string,
  versions: string,
  names = `plural: ${plural}, kind: Thing`,
): string => `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: ${plural}.definitions.example.com }
spec:
  group: definitions.example.com
  scope: Namespaced
  names: { ${names} }
  versions: ${versions}
`;

const open = '{ openAPIV3Schema: { type: object, x-kubernetes-preserve-unknown-fields: true } }';
const v1 = `[{ name: v1, served: true, storage: true, schema: ${open} }]`;
const two = `[{ name: v1, served: true, storage: false, schema: ${open} }, { name: v2, served: true, storage: true, schema: ${open} }]`;
const thing = (version: string): string =>
  `apiVersion: definitions.example.com/${version}\nkind: Thing\nmetadata: { name: one }\nspec: { a: 1 }\n`;

const create = (input: string) => ({ command: 'create -f -', input });
const apply = (input: string) => ({ command: 'apply -f -', input });

export const definitions = [
  script(
    'a definition comes, changes and goes',
    'get things',
    apply(crd('things', v1)),
    'wait --for=condition=Established crd/things.definitions.example.com',
    'get things',
    'api-resources --api-group=definitions.example.com',
    create(thing('v1')),
    create(thing('v2')),
    'get things -o yaml',
    apply(crd('things', two)),
    'get crd things.definitions.example.com -o jsonpath={.status.storedVersions}{.spec.versions[*].name}',
    {
      command: 'wait crd/things.definitions.example.com --for=jsonpath={.spec.versions[1].name}=v2',
    },
    'delete crd things.definitions.example.com',
    'get crd things.definitions.example.com',
    'get things',
  ),
  script(
    'definitions that are refused',
    create(crd('wrongs', '[]')),
    create(crd('wrongs', v1.replace('storage: true', 'storage: false'))),
    create(crd('wrongs', v1, 'plural: others, kind: Thing')),
    create(crd('wrongs', '[{ name: v1, served: true, storage: true }]')),
    create(
      crd(
        'wrongs',
        v1.replace(
          open,
          '{ openAPIV3Schema: { type: object, properties: { a: { type: what } } } }',
        ),
      ),
    ),
    create(crd('Wrongs', v1, 'plural: Wrongs, kind: thing')),
    create(crd('wrongs', v1.replace('name: v1', 'name: V_1'))),
  ),
];

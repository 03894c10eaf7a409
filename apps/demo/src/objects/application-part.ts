import type { JsonObject } from '@kindscope/kube';
import type { DemoObject, Owner } from './demo-object.ts';
import type { Team } from './teams.ts';

/** The field managers of what brings applications out. */
const deliveryManagers = {
  argocd: 'argocd-application-controller',
  flux: 'kustomize-controller',
  Helm: 'helm',
} as const;

/** An application as it is when all that belongs to it is made. */
export interface Shape {
  readonly name: string;
  readonly team: Team;
  readonly labels: Record<string, string>;
  readonly tag: string;
  readonly host: string;
}

interface Made {
  readonly apiVersion: string;
  readonly resource: string;
  readonly kind: string;
  readonly suffix?: string;
  /** What brings out the application, unless said. */
  readonly manager?: string;
  readonly owner?: Owner;
  readonly annotations?: Record<string, string>;
}

/** One of the objects of an application, as whoever makes it would. */
export function make(shape: Shape, made: Made, content: JsonObject): DemoObject {
  const { name, team } = shape;
  const { apiVersion, resource, kind, suffix = '', owner } = made;
  const full = `${name}${suffix}`;
  const delivered =
    made.manager === undefined
      ? deliveryAnnotations(team, name, `${kind}:${team.namespace}/${full}`)
      : {};
  const annotations = { ...delivered, ...made.annotations };
  return {
    apiVersion,
    resource,
    manager: made.manager ?? deliveryManagers[team.delivery],
    ...(owner !== undefined && { owner }),
    body: {
      apiVersion,
      kind,
      metadata: {
        name: full,
        namespace: team.namespace,
        labels: labelsOf(shape, made),
        ...(Object.keys(annotations).length > 0 && { annotations }),
      },
      ...content,
    },
  };
}

/** What the tools leave on everything that they bring out. */
function deliveryAnnotations(team: Team, name: string, id: string): Record<string, string> {
  switch (team.delivery) {
    case 'argocd':
      return { 'argocd.argoproj.io/tracking-id': `${name}:${id}` };
    case 'flux':
      return { 'kustomize.toolkit.fluxcd.io/reconcile': 'enabled' };
    case 'Helm':
      return {
        'meta.helm.sh/release-name': name,
        'meta.helm.sh/release-namespace': team.namespace,
      };
  }
}

/** What somebody else makes is not managed by what brings out the application. */
function labelsOf({ labels, team }: Shape, { manager }: Made): Record<string, string> {
  return manager === undefined
    ? { ...labels, 'app.kubernetes.io/managed-by': team.delivery }
    : labels;
}

import type { ResourceInfo } from '@kindscope/protocol';

/** Somewhere to go. */
export type FindTarget =
  | {
      readonly kind: 'page';
      readonly id: string;
      readonly label: string;
      readonly to: '/' | '/timeline' | '/rollouts' | '/status';
    }
  | {
      readonly kind: 'resource';
      readonly id: string;
      readonly label: string;
      readonly info: ResourceInfo;
    };

const pages: readonly FindTarget[] = [
  { kind: 'page', id: 'page:catalogue', label: 'Catalogue', to: '/' },
  { kind: 'page', id: 'page:timeline', label: 'Timeline', to: '/timeline' },
  { kind: 'page', id: 'page:rollouts', label: 'Rollouts', to: '/rollouts' },
  { kind: 'page', id: 'page:status', label: 'Status', to: '/status' },
];

/** As many as one looks through; typing more is quicker. */
const most = 50;

/** Pages and kinds that fit what was typed, the best first. Nothing typed: pages, then what is watched. */
export function findTargets(items: readonly ResourceInfo[], typed: string): readonly FindTarget[] {
  const text = typed.trim().toLowerCase();
  const resources = items
    .filter(({ verbs }) => verbs.includes('list') && verbs.includes('watch'))
    .map((info) => ({ info, score: scoreOf(info, text) }))
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score)
    .map(({ info }): FindTarget => ({
      kind: 'resource',
      id: info.id,
      label: info.kind,
      info,
    }));
  const fitting = pages.filter(({ label }) => label.toLowerCase().includes(text));
  return [...fitting, ...resources].slice(0, most);
}

/** Zero: it does not fit. Names as typed with kubectl come first, then beginnings, then what is merely contained. */
function scoreOf(info: ResourceInfo, text: string): number {
  const watched = info.watch === 'unwatched' ? 0 : 2;
  const custom = info.crd === undefined ? 0 : 1;
  const lift = watched + custom;
  if (text === '') return 1 + lift;
  const kind = info.kind.toLowerCase();
  if ([kind, info.resource, ...info.shortNames].includes(text)) return 100 + lift;
  if (`${info.resource}.${info.group}` === text) return 100 + lift;
  if (kind.startsWith(text) || info.resource.startsWith(text)) return 60 + lift;
  const names = `${kind} ${info.resource}.${info.group} ${info.shortNames.join(' ')}`;
  const words = text.split(/\s+/);
  if (words.every((word) => names.includes(word))) return 30 + lift;
  // Capitals: `vs` and `virtserv` find VirtualService.
  return isWithin(text, kind) ? 5 + lift : 0;
}

/** Whether the letters come in this order in the name, beginning where it begins. */
function isWithin(letters: string, name: string): boolean {
  if (letters[0] !== name[0]) return false;
  let at = 0;
  for (const letter of letters) {
    at = name.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}

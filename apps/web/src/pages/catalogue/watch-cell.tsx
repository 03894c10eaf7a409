import type { ResourceInfo } from '@kindscope/protocol';
import { counted } from '../../ui/number.ts';
import { Sparkline } from '../../ui/sparkline.tsx';
import { isListable } from './catalogue-items.ts';
import styles from './catalogue.module.css';

const words: Record<Exclude<ResourceInfo['watch'], 'live'>, string> = {
  unwatched: 'Not watched',
  syncing: 'Syncing',
  reconnecting: 'Reconnecting',
  stale: 'Stale',
  forbidden: 'Forbidden',
  gone: 'No longer served',
};

/** Changes over the last hour, as far as somebody watched; otherwise why there are none to show. */
export function WatchCell({ info }: { readonly info: ResourceInfo }) {
  if (!isListable(info)) return <span className={styles.quiet}>Has no objects</span>;
  if (info.watch === 'live' && info.rate !== undefined) {
    const sum = info.rate.reduce((sum, count) => sum + count, 0);
    const most = Math.max(0, ...info.rate);
    return (
      <Sparkline
        counts={info.rate}
        label={`${counted(sum, 'change')} in the last hour, at most ${most} in a minute`}
      />
    );
  }
  if (info.watch === 'live') return <span className={styles.quiet}>Live</span>;
  const tone = info.watch === 'unwatched' ? styles.quiet : styles.troubled;
  return <span className={tone}>{words[info.watch]}</span>;
}

import type { ResourceInfo } from '@kindscope/protocol';
import { getRouteApi } from '@tanstack/react-router';
import { Button } from '../../ui/button.tsx';
import { wholeNumber } from '../../ui/number.ts';
import { SearchField } from '../../ui/search-field.tsx';
import { needsAttention, sumUp } from './catalogue-items.ts';
import overview from '../../ui/overview.module.css';

const route = getRouteApi('/');

/** What the catalogue shows: which kinds, and what there is to say of all of them. */
export function CatalogueBar(props: {
  readonly custom: number;
  readonly builtIn: number;
  readonly shown: readonly ResourceInfo[];
  readonly ready: boolean;
}) {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const attention = props.shown.filter(needsAttention).length;
  const set = (next: Partial<typeof search>) =>
    void navigate({ search: (before) => ({ ...before, ...next }), replace: true });
  return (
    <div className={overview.bar}>
      <SearchField
        label="Search kinds, groups, short names"
        value={search.q ?? ''}
        onChange={(q) => set({ q })}
      />
      <Button on={search.show === undefined} onClick={() => set({ show: undefined })}>
        Custom {props.ready && wholeNumber(props.custom)}
      </Button>
      <Button on={search.show === 'built-in'} onClick={() => set({ show: 'built-in' })}>
        Built in {props.ready && wholeNumber(props.builtIn)}
      </Button>
      {(attention > 0 || search.only !== undefined) && (
        <Button
          on={search.only !== undefined}
          onClick={() => set({ only: search.only === undefined ? 'attention' : undefined })}
        >
          Need attention {wholeNumber(attention)}
        </Button>
      )}
      {props.ready && <Sums shown={props.shown} />}
    </div>
  );
}

function Sums({ shown }: { readonly shown: readonly ResourceInfo[] }) {
  const sums = sumUp(shown);
  return (
    <p className={overview.sums}>
      <span
        title={
          sums.uncounted > 0
            ? `Without ${wholeNumber(sums.uncounted)} kinds that are not counted yet`
            : undefined
        }
      >
        <b>{wholeNumber(sums.objects)}</b> {sums.objects === 1 ? 'object' : 'objects'}
      </span>
      {sums.perMinute !== undefined && (
        <span title="Of the kinds that are watched, over the last five minutes">
          <b>{wholeNumber(sums.perMinute)}</b> changes a minute
        </span>
      )}
    </p>
  );
}

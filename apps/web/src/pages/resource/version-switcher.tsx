import type { ResourceInfo, ResourceRef } from '@kindscope/protocol';
import { useNavigate } from '@tanstack/react-router';
import { resourceParams } from '../../links.ts';
import { Caret } from '../../ui/caret.tsx';
import { Menu, MenuChoice } from '../../ui/menu.tsx';
import styles from './version-switcher.module.css';

/** The version that the objects are shown in, and the other ones that are served. */
export function VersionSwitcher(props: {
  readonly resource: ResourceRef;
  readonly info: ResourceInfo | undefined;
}) {
  const { resource, info } = props;
  const navigate = useNavigate();
  const versions = info?.versions ?? [resource.version];
  const options = versions.map((value) => ({ value, note: versionNote(info, value) }));
  return (
    <Menu
      heading="Version"
      trigger={
        <button
          type="button"
          className={styles.version}
          aria-label={`Version ${resource.version}`}
          data-deprecated={isDeprecated(info, resource.version) ? '' : undefined}
        >
          {resource.version}
          <Caret />
        </button>
      }
    >
      <MenuChoice
        value={resource.version}
        options={options}
        onChange={(version) =>
          void navigate({
            to: '/r/$group/$version/$resource',
            params: resourceParams({ ...resource, version }),
            search: (search) => search,
          })
        }
      />
    </Menu>
  );
}

function isDeprecated(info: ResourceInfo | undefined, version: string): boolean {
  return info?.crd?.versions.find(({ name }) => name === version)?.deprecated === true;
}

/** `stored, deprecated`; nothing for a version that is merely served. */
function versionNote(info: ResourceInfo | undefined, version: string): string | undefined {
  const facts = info?.crd?.versions.find(({ name }) => name === version);
  const words = [
    version === info?.version ? 'preferred' : undefined,
    facts?.storage === true ? 'stored' : undefined,
    facts?.deprecated === true ? 'deprecated' : undefined,
  ].filter((word) => word !== undefined);
  return words.length === 0 ? undefined : words.join(', ');
}

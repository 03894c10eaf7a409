import {
  listAt,
  objectAt,
  stringAt,
  type GroupVersionResource,
  type JsonObject,
  type JsonValue,
} from '@kindscope/kube';
import { alertRule, alertRuleV1 } from '../crds/alerting.ts';
import { customResourceDefinition, type VersionSpec } from '../crds/crd.ts';
import { gvrOf } from '../gvr.ts';
import type { Scenario, Target } from './scenario.ts';
import type { Stage } from './stage.ts';

const { group, plural } = alertRule;
const crd: Target = {
  gvr: gvrOf('apiextensions.k8s.io/v1', 'customresourcedefinitions'),
  name: `${plural}.${group}`,
};
const inVersion = (version: string): GroupVersionResource => ({ group, version, resource: plural });

/** Who brings out the CRD, and who rewrites the objects. */
const installer = 'helm';
const migrator = 'storage-version-migrator';
const noteKey = 'monitoring.example.io/migrated-to';

/** Between two chapters, and between two objects that are rewritten. */
const chapterMs = 8000;
const rewriteMs = 800;

const deprecated: VersionSpec = {
  name: 'v1beta1',
  deprecationWarning: `${group}/v1beta1 ${alertRule.kind} is deprecated; use ${group}/v1 ${alertRule.kind}`,
};

export const crdUpgrade: Scenario = {
  name: 'crd-upgrade',
  title: 'A CRD is upgraded to a new version',
  description:
    'AlertRule is served as v1beta1 alone. It gets the version v1, with one field more; v1 becomes the stored one; every rule is rewritten in it; v1beta1 is deprecated, and in the end no longer served. Then all of it is taken back.',
  subjects: [crd, { gvr: inVersion('v1beta1') }, { gvr: inVersion('v1') }],
  async play(stage) {
    const before = await stage.read(crd);
    const rules = await stage.list(inVersion('v1beta1'));
    stage.putBack((restoring) => downgrade(restoring, before));
    stage.tell('v1 is served beside v1beta1, which is still the stored one.');
    await setVersions(stage, [v1({}), { name: 'v1beta1', storage: true }]);
    await stage.pause(chapterMs);

    stage.tell('v1 becomes the stored version; what is there stays stored as v1beta1.');
    await setVersions(stage, [v1({ storage: true }), { name: 'v1beta1' }]);
    await stage.pause(chapterMs);

    stage.tell('Every rule is rewritten, and so stored as v1.');
    for (const rule of rules) {
      await rewrite(stage, inVersion('v1'), rule, 'v1');
      await stage.pause(rewriteMs);
    }
    await setStored(stage, ['v1']);
    await stage.pause(chapterMs);

    stage.tell('v1beta1 is deprecated: whoever still uses it is warned.');
    await setVersions(stage, [v1({ storage: true }), deprecated]);
    await stage.pause(chapterMs);

    stage.tell('v1beta1 is no longer served.');
    await setVersions(stage, [v1({ storage: true }), { ...deprecated, served: false }]);
    await stage.pause(chapterMs);
  },
};

function v1(version: Partial<VersionSpec>): VersionSpec {
  return { ...version, name: 'v1', spec: alertRuleV1 };
}

/** Back to v1beta1 from any chapter: served and stored first, then every rule in it, then v1 goes. */
async function downgrade(stage: Stage, before: JsonObject): Promise<void> {
  const now = await stage.read(crd);
  const served = listAt(now, 'spec', 'versions').map((version) => stringAt(version, 'name'));
  if (!served.includes('v1')) return;
  await setVersions(stage, [v1({}), { name: 'v1beta1', storage: true }]);
  for (const rule of await stage.list(inVersion('v1beta1'))) {
    await rewrite(stage, inVersion('v1beta1'), rule, undefined);
  }
  await setStored(stage, ['v1beta1']);
  await setVersionList(stage, listAt(before, 'spec', 'versions'));
}

/** Writes the rule as it is, so that it is stored anew; an annotation says in which version. */
async function rewrite(
  stage: Stage,
  gvr: GroupVersionResource,
  rule: Target,
  note: string | undefined,
): Promise<void> {
  const target = { ...rule, gvr };
  const object = await stage.read(target);
  const { [noteKey]: _, ...others } = objectAt(object, 'metadata', 'annotations');
  const annotations = note === undefined ? others : { ...others, [noteKey]: note };
  const metadata = { ...objectAt(object, 'metadata'), annotations };
  await stage.replace(target, migrator, { ...object, metadata });
}

function setVersions(stage: Stage, versions: readonly VersionSpec[]): Promise<void> {
  const written = customResourceDefinition({ ...alertRule, versions });
  return setVersionList(stage, listAt(written, 'spec', 'versions'));
}

function setVersionList(stage: Stage, versions: readonly JsonValue[]): Promise<void> {
  return stage.patch(crd, installer, { spec: { versions } });
}

function setStored(stage: Stage, storedVersions: readonly string[]): Promise<void> {
  return stage.patch(crd, migrator, { status: { storedVersions } }, 'status');
}

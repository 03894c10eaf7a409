export { applyDiff } from './apply-diff.ts';
export { changeClasses, describeChange, type ChangeClass, type ObjectChange } from './change.ts';
export { completionContext, type CompletionContext } from './completion.ts';
export {
  conditionOf,
  conditionsOf,
  isMet,
  type Condition,
  type ConditionChange,
} from './conditions.ts';
export { diffObjects, type DiffOptions, type FieldChange } from './diff.ts';
export { formatFieldPath, parseFieldPath, type ItemKey, type PathSegment } from './field-path.ts';
export { managersOf, type Manager } from './managers.ts';
export {
  toYaml,
  yamlLines,
  type YamlLine,
  type YamlToken,
  type YamlTokenKind,
} from './yaml-lines.ts';
export { compareVersions } from './api-version.ts';
export {
  crdColumns,
  crdFacts,
  crdSchema,
  type CrdColumn,
  type CrdFacts,
  type CrdHealth,
  type CrdVersion,
} from './crd.ts';
export { humanDuration } from './duration.ts';
export type { RolloutFinding } from './findings/finding.ts';
export { findingsOf } from './findings/findings.ts';
export { rolloutState, type RolloutStanding } from './findings/rollout-state.ts';
export {
  formatFieldSelector,
  matchesFields,
  parseFieldSelector,
  type FieldRequirement,
  type FieldSelector,
  type FieldSelectorResult,
} from './field-selector.ts';
export { healthOf } from './health.ts';
export type { Health } from './object-health.ts';
export {
  countAt,
  isJsonArray,
  isJsonNumber,
  isJsonObject,
  listAt,
  objectAt,
  property,
  stringAt,
  valueAt,
} from './json-access.ts';
export { compileJsonPath, type JsonPathResult } from './json-path.ts';
export * from './json.ts';
export { labelMatcher } from './label-matcher.ts';
export {
  parseLabelSelector,
  type LabelSelectorResult,
  type SelectorFault,
  type TextRange,
} from './label-parser.ts';
export {
  formatLabelRequirement,
  formatLabelSelector,
  matchesLabels,
  type LabelOperator,
  type LabelRequirement,
  type Labels,
  type LabelSelector,
} from './label-selector.ts';
export { labelKeyFault, labelValueFault } from './label-syntax.ts';
export {
  isLosslessNumber,
  jsonEquals,
  numberText,
  parseJson,
  stringifyJson,
} from './lossless-json.ts';
export { podStatus, type PodStatus } from './pod-status.ts';
export { printerColumns } from './printer-columns.ts';
export type { ColumnType, TableColumn } from './table-column.ts';
export { compareResourceVersions } from './resource-version.ts';
export * from './resource.ts';
export { readKubernetesEvent } from './rollout/kubernetes-event.ts';
export { laneFacts, type LaneFacts, type ReadyCount } from './rollout/lane-facts.ts';
export type { LaneStatus } from './rollout/lane-rule.ts';
export { laneStatus } from './rollout/lane-status.ts';
export { kindOf } from './rollout/object-kind.ts';
export { rolloutProgress, type RolloutProgress } from './rollout/progress.ts';
export type { KubernetesEvent, RolloutScene, SceneNode, Turn } from './rollout/scene.ts';
export { templatesOf, type RevisionTemplate } from './rollout/templates.ts';
export { turnsOf, type OwnedObject } from './rollout/turns.ts';
export { schemaListKeys } from './schema-list-keys.ts';
export { lastAppliedAnnotation, redactSecret } from './secret.ts';

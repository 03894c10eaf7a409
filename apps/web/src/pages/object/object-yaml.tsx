import { isJsonObject, lastAppliedAnnotation, toYaml, type JsonObject } from '@kindscope/kube';
import type { Change } from '@kindscope/protocol';
import { useMemo, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { managersText } from '../../ui/changes/manager-text.ts';
import { redactedText, saidFields } from '../../ui/changes/secret-fields.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Note } from '../../ui/note.tsx';
import { clockTimeMs } from '../../ui/time.ts';
import { yamlRows } from '../../ui/yaml/yaml-rows.ts';
import { YamlView } from '../../ui/yaml/yaml-view.tsx';
import { fieldOwners, type FieldOwner } from './field-owners.ts';
import styles from './object-page.module.css';

/** The object as YAML: who owns each field beside it, what the last change touched marked. */
export function ObjectYaml(props: {
  readonly object: JsonObject;
  /** What the YAML is marked with: undefined where the object is not what a known change made of it. */
  readonly marked: Change | undefined;
  /** What the marks stand for, which are then brought into sight; the change's time and managers unless said. */
  readonly legend?: string;
  readonly redacted: boolean;
}) {
  const { marked, redacted } = props;
  const object = useMemo(
    () => (redacted ? saidSecret(props.object) : props.object),
    [props.object, redacted],
  );
  const [managedFields, setManagedFields] = useState(false);
  const rows = useMemo(
    () =>
      yamlRows(object, {
        changed: marked === undefined ? [] : saidFields(marked),
        managedFields,
      }),
    [object, marked, managedFields],
  );
  const owners = useMemo(() => fieldOwners(object), [object]);
  return (
    <div className={styles.yaml}>
      <div className={styles.yamlBar}>
        <span className={styles.quiet}>
          {marked !== undefined && `Marked: ${props.legend ?? changeLegend(marked)}`}
        </span>
        <Button on={managedFields} onClick={() => setManagedFields(!managedFields)}>
          managedFields
        </Button>
        <CopyButton text={() => toYaml(managedFields ? object : withoutManagedFields(object))}>
          Copy YAML
        </CopyButton>
      </div>
      {redacted && (
        <Note>
          The values of Secrets never leave Kindscope. A fingerprint differs when the value does.
        </Note>
      )}
      <YamlView
        label="YAML"
        rows={rows}
        toMarks={props.legend !== undefined}
        owner={(path) => ownerWords(owners(path))}
        onUnfold={() => setManagedFields(true)}
      />
    </div>
  );
}

function changeLegend({ time, managers }: Change): string {
  const who = managers.length === 0 ? '' : `, ${managersText(managers)}`;
  return `what changed at ${clockTimeMs(time)}${who}`;
}

function ownerWords(
  owners: readonly FieldOwner[],
): { readonly name: string; readonly title: string } | undefined {
  const [first] = owners;
  if (first === undefined) return undefined;
  const title = owners.map(
    ({ manager, operation, subresource, time }) =>
      `${manager}, ${operation}${subresource === undefined ? '' : ` via ${subresource}`}${time === undefined ? '' : `, ${time}`}`,
  );
  return { name: first.manager, title: title.join('\n') };
}

/** What stands for the values of a Secret, said to be no value. */
function saidSecret(object: JsonObject): JsonObject {
  const fields = ['data', 'stringData'].flatMap((name) => {
    const values = object[name];
    return isJsonObject(values) ? [[name, mapValues(values)] as const] : [];
  });
  return { ...object, ...saidApplied(object['metadata']), ...Object.fromEntries(fields) };
}

/** The annotation of `kubectl apply` repeats the values. */
function saidApplied(metadata: JsonObject[string]): { metadata?: JsonObject } {
  const annotations = isJsonObject(metadata) ? metadata['annotations'] : undefined;
  const applied = isJsonObject(annotations) ? annotations[lastAppliedAnnotation] : undefined;
  if (!isJsonObject(metadata) || !isJsonObject(annotations) || typeof applied !== 'string') {
    return {};
  }
  const said = { ...annotations, [lastAppliedAnnotation]: redactedText(applied) };
  return { metadata: { ...metadata, annotations: said } };
}

function mapValues(values: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => [
      key,
      typeof value === 'string' ? redactedText(value) : value,
    ]),
  );
}

function withoutManagedFields(object: JsonObject): JsonObject {
  const metadata = object['metadata'];
  if (typeof metadata !== 'object' || metadata === null) return object;
  const rest = Object.entries(metadata).filter(([key]) => key !== 'managedFields');
  return { ...object, metadata: Object.fromEntries(rest) };
}

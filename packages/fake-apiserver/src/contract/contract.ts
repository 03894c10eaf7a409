import { afterAll, beforeAll, describe } from 'vitest';
import { applyContract } from './apply-contract.ts';
import { applyTypesContract } from './apply-types-contract.ts';
import { bodyContract } from './body-contract.ts';
import { bodyLimitsContract } from './body-limits-contract.ts';
import { builtInChangesContract } from './built-in-changes-contract.ts';
import { builtInContract } from './built-in-contract.ts';
import { builtInDefaultsContract } from './built-in-defaults-contract.ts';
import { builtInPodContract } from './built-in-pod-contract.ts';
import { builtInSubresourceContract } from './built-in-subresource-contract.ts';
import { builtInTypesContract } from './built-in-types-contract.ts';
import { builtInValidationContract } from './built-in-validation-contract.ts';
import { collectContract } from './collect-contract.ts';
import {
  createContractClient,
  type ContractClient,
  type ContractServer,
} from './contract-client.ts';
import { crdContract } from './crd-contract.ts';
import { crdLifecycleContract } from './crd-lifecycle-contract.ts';
import { crdRefusalContract } from './crd-refusal-contract.ts';
import { crdVersionsContract } from './crd-versions-contract.ts';
import { createContract } from './create-contract.ts';
import { deleteContract } from './delete-contract.ts';
import { discoveryContract } from './discovery-contract.ts';
import { discoveryDocumentsContract } from './discovery-documents-contract.ts';
import { gracefulContract } from './graceful-contract.ts';
import { jsonPatchContract } from './json-patch-contract.ts';
import { keywordContract } from './keyword-contract.ts';
import { listContract } from './list-contract.ts';
import { listOptionsContract } from './list-options-contract.ts';
import { mergePatchContract } from './merge-patch-contract.ts';
import { metadataChangeContract } from './metadata-change-contract.ts';
import { metadataContract } from './metadata-contract.ts';
import { ownershipContract } from './ownership-contract.ts';
import { patchContract } from './patch-contract.ts';
import { renderingContract } from './rendering-contract.ts';
import { representationContract } from './representation-contract.ts';
import { ruleContract } from './rule-contract.ts';
import { schemaContract } from './schema-contract.ts';
import { selectorContract } from './selector-contract.ts';
import { strategicContract } from './strategic-contract.ts';
import { unusualKeysContract } from './unusual-keys-contract.ts';
import { updateContract } from './update-contract.ts';
import { validationContract } from './validation-contract.ts';
import { watchContract } from './watch-contract.ts';
import { watchOptionsContract } from './watch-options-contract.ts';

/**
 * What a client can observe of a Kubernetes API server, area by area. It knows a server by its
 * address alone, so the same expectations are met by this package's server and by the real one.
 */
export function apiServerContract(connect: () => Promise<ContractServer>): void {
  const connected = useServer(connect);
  describe('discovery', () => {
    discoveryContract(connected);
  });
  describe('discovery documents', () => {
    discoveryDocumentsContract(connected);
  });
  describe('custom resource definitions', () => {
    crdContract(connected);
  });
  describe('definitions that are refused', () => {
    crdRefusalContract(connected);
  });
  describe('lives of definitions', () => {
    crdLifecycleContract(connected);
  });
  describe('versions of definitions', () => {
    crdVersionsContract(connected);
  });
  describe('creating', () => {
    createContract(connected);
  });
  describe('updating', () => {
    updateContract(connected);
  });
  describe('applying', () => {
    applyContract(connected);
  });
  describe('schemas', () => {
    schemaContract(connected);
  });
  describe('validation', () => {
    validationContract(connected);
  });
  describe('keywords', () => {
    keywordContract(connected);
  });
  describe('rules', () => {
    ruleContract(connected);
  });
  describe('deleting', () => {
    deleteContract(connected);
  });
  describe('patching', () => {
    patchContract(connected);
  });
  describe('metadata', () => {
    metadataContract(connected);
    metadataChangeContract(connected);
  });
  describe('bodies and options', () => {
    bodyContract(connected);
    bodyLimitsContract(connected);
  });
  describe('field ownership', () => {
    ownershipContract(connected);
  });
  describe('applied types', () => {
    applyTypesContract(connected);
  });
  describe('JSON patches', () => {
    jsonPatchContract(connected);
  });
  describe('merge patches', () => {
    mergePatchContract(connected);
  });
  describe('unusual keys', () => {
    unusualKeysContract(connected);
  });
  describe('strategic merge patches', () => {
    strategicContract(connected);
  });
  describe('graceful deletion', () => {
    gracefulContract(connected);
  });
  describe('listing', () => {
    listContract(connected);
  });
  describe('list options', () => {
    listOptionsContract(connected);
  });
  describe('selecting', () => {
    selectorContract(connected);
  });
  describe('rendering', () => {
    renderingContract(connected);
  });
  describe('representations', () => {
    representationContract(connected);
  });
  describe('watching', () => {
    watchContract(connected);
  });
  describe('watch options', () => {
    watchOptionsContract(connected);
  });
  describe('built-in kinds', () => {
    builtInContract(connected);
  });
  describe('built-in types', () => {
    builtInTypesContract(connected);
  });
  describe('built-in defaults', () => {
    builtInPodContract(connected);
    builtInDefaultsContract(connected);
  });
  describe('built-in validation', () => {
    builtInValidationContract(connected);
    builtInChangesContract(connected);
  });
  describe('built-in subresources', () => {
    builtInSubresourceContract(connected);
  });
}

/** What Kubernetes' controllers bring about: the server must run them. */
export function controllerContract(connect: () => Promise<ContractServer>): void {
  describe('controllers', () => {
    collectContract(useServer(connect));
  });
}

/** A server for the tests of the surrounding block. */
function useServer(connect: () => Promise<ContractServer>): () => ContractClient {
  let server: ContractServer | undefined;
  let client: ContractClient | undefined;

  beforeAll(async () => {
    server = await connect();
    client = createContractClient(server);
  });
  afterAll(async () => {
    await server?.close();
  });

  return (): ContractClient => {
    if (client === undefined) throw new Error('the server has not started');
    return client;
  };
}

import { log } from 'node:console';
import * as kube from '@kindscope/informer';

const found = kube.loadCredentials({});
if (!found.ok) throw new Error(`${found.error.detail} ${found.error.remedy}`);
const base = { clock: kube.systemClock, random: Math.random, log: console };
const transport = kube.createTransport({ ...base, ...found, userAgent: 'follow/1' });
const probe = kube.createRecoveryProbe({ ...base, transport });
const informers = kube.createInformerFactory({ ...base, transport, probe });
const gvr = { group: '', version: 'v1', resource: 'namespaces' };
const { informer } = informers.acquire({ gvr });
informer.onState((state) => log(state.kind));
informer.addHandler((event) => log(event.kind, 'new' in event ? event.new.name : ''));

import { afterAll, beforeAll } from 'vitest';
import { directoryCases } from './keycloak-cases.ts';
import { type KeycloakDouble, startKeycloakDouble } from './keycloak-double.ts';
import { sampleRealm } from './sample-realm.ts';
import { type Subject, subjectAt } from './subject.ts';

let double: KeycloakDouble;
let subject: Subject;

beforeAll(async () => {
  double = await startKeycloakDouble(sampleRealm());
  subject = subjectAt(double.url);
});

afterAll(async () => {
  await subject.close();
  await double.stop();
});

directoryCases(() => subject);

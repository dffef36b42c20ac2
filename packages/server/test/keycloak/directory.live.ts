import { afterAll } from 'vitest';
import { directoryCases } from '../directory/keycloak-cases.ts';
import { subjectAt } from '../directory/subject.ts';
import { KEYCLOAK_URL } from './real-keycloak.ts';

const subject = subjectAt(KEYCLOAK_URL);

afterAll(() => subject.close());

directoryCases(() => subject);

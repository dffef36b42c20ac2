import { isAboutPolicies } from './policy-pages.ts';
import { playPages } from './running/suite.ts';

playPages((page) => !isAboutPolicies(page));

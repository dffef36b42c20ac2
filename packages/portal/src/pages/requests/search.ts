import { searchWords } from '../../blocks/search-words.ts';

export const requestsSearch = searchWords(
  'policy_key',
  'artifact_type',
  'artifact_id',
  'status',
  'requester',
);

import { searchWords } from '../../blocks/search-words.ts';

export const requestsSearch = searchWords('artifact_type', 'artifact_id', 'status');

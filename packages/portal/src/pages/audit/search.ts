import { searchWords } from '../../blocks/search-words.ts';

export const auditSearch = searchWords('actor', 'action', 'resource_type', 'resource_id', 'since', 'until');

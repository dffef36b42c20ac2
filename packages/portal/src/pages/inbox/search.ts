import { searchWords } from '../../blocks/search-words.ts';

export const inboxSearch = searchWords('status');

import { searchWords } from '../../blocks/search-words.ts';

export const policiesSearch = searchWords('q');

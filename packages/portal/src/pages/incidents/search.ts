import { searchWords } from '../../blocks/search-words.ts';

export const incidentsSearch = searchWords('kind');

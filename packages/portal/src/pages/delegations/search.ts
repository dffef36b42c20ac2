import { searchWords } from '../../blocks/search-words.ts';

export const delegationsSearch = searchWords('user_id');

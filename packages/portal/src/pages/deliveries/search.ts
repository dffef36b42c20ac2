import { searchWords } from '../../blocks/search-words.ts';

export const deliveriesSearch = searchWords('status', 'request_id');

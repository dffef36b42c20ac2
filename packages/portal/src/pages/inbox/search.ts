import { searchWords } from '../../blocks/search-words.ts';

/** `task`: the id of the task that is open beside the list. */
export const inboxSearch = searchWords('task');

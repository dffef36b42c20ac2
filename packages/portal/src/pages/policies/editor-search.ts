import { searchWords } from '../../blocks/search-words.ts';

/** `version`: the version that the new draft begins with. */
export const editorSearch = searchWords('version');

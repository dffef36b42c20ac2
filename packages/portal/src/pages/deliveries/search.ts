import { searchWords } from '../../blocks/search-words.ts';

/** What the list is narrowed by. */
export const FILTERS = ['status', 'receiver', 'event_type', 'request_id', 'since', 'until'] as const;

/** `view`: `receivers`, or the list. `delivery`: the one that is inspected beside it. */
export const deliveriesSearch = searchWords(...FILTERS, 'view', 'delivery');

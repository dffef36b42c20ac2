import { en, type Strings } from './en.ts';

/** What the portal says, in the viewer’s language. */
export const t: Strings = en;
/** For numbers and dates: the viewer’s own kind of that language. */
export const LOCALE = navigator.languages.find((each) => /^en\b/.test(each)) ?? 'en';

const MARK = Symbol('html');

/** Text that is markup already. Only `html` makes it, so that nothing reaches a page that was not escaped. */
export type Html = { readonly [MARK]: string };

type Part = Html | string | number | null | false | readonly Part[];

/**
 * Markup. Whatever is put into it is escaped, unless it is markup itself; null and false are nothing. Attributes have to be in
 * double quotes. Not for the inside of `<script>` and `<style>`, which have rules of their own.
 */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Html {
  const texts = strings.map(
    (text, index) => text + (index < parts.length ? textOf(parts[index] ?? null) : ''),
  );
  return { [MARK]: texts.join('') };
}

/** The page as it is sent. */
export function textOf(part: Part): string {
  if (part === null || part === false) return '';
  if (typeof part === 'string' || typeof part === 'number') return escaped(String(part));
  return MARK in part ? part[MARK] : part.map(textOf).join('');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}

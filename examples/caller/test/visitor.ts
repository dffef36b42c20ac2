export type Shown = { status: number; location: string; text: string };

/** Somebody in front of the register's pages, with a browser's cookie and its habits, and nothing else of a browser. */
export type Visitor = {
  get: (path: string) => Promise<Shown>;
  /** The form with this action on the page at `path`, as the page has it: fill it in, and it is sent. */
  form: (path: string, action: string) => Promise<(fields: Record<string, string>) => Promise<Shown>>;
  /** Sends a form that no page has; `headers` replace those of a browser. */
  post: (action: string, fields: Record<string, string>, headers?: Record<string, string>) => Promise<Shown>;
  /** Looks at the page until it shows `text`; each look waits for its answer, so that no time is guessed. */
  until: (path: string, text: string) => Promise<string>;
};

/** The register may be started again elsewhere: `url` is asked each time. Sessions outlive that. */
export function openVisitor(url: () => string): Visitor {
  let cookie = '';

  async function ask(path: string, init: RequestInit = {}): Promise<Shown> {
    const headers = new Headers(init.headers);
    if (cookie !== '') headers.set('cookie', cookie);
    const response = await fetch(new URL(path, url()), { ...init, headers, redirect: 'manual' });
    cookie = response.headers.get('set-cookie')?.split(';')[0] ?? cookie;
    return {
      status: response.status,
      location: response.headers.get('location') ?? '',
      text: await response.text(),
    };
  }

  const post: Visitor['post'] = (action, fields, headers = {}) =>
    ask(action, {
      method: 'POST',
      headers: { origin: url(), ...headers },
      body: new URLSearchParams(fields),
    });

  return {
    get: (path) => ask(path),
    post,
    form: async (path, action) => {
      const { text } = await ask(path);
      const form = text.split('<form').find((each) => each.includes(` action="${action}"`));
      if (form === undefined) throw new Error(`${path} has no form for ${action}:\n${text}`);
      const inputs = (form.split('</form>')[0] ?? '').matchAll(
        /type="hidden" name="([^"]+)" value="([^"]*)"/g,
      );
      const hidden = Object.fromEntries([...inputs].map(([, name, value]) => [name, value]));
      return (fields) => post(action, { ...hidden, ...fields });
    },
    until: async (path, wanted) => {
      for (;;) {
        const { text } = await ask(path);
        if (text.includes(wanted)) return text;
      }
    },
  };
}

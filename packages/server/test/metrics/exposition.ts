/** One line of an exposition in Prometheus' text format. */
export type Sample = { name: string; labels: Record<string, string>; value: number };

export type Exposition = {
  samples: Sample[];
  /** The metrics by their declared names, whether they have samples or not. */
  declared: Set<string>;
  /** The value of the one sample with this name and at least these labels; 0 when there is none. */
  value: (name: string, labels?: Record<string, string>) => number;
};

/** Reads what `GET /metrics` answers. Throws at a line that is not in the format. */
export function readExposition(text: string): Exposition {
  const declared = new Set<string>();
  const samples: Sample[] = [];
  for (const line of text.split('\n')) {
    const type = /^# TYPE (\w+) (counter|gauge|histogram|summary)$/.exec(line);
    if (type?.[1]) declared.add(type[1]);
    if (line === '' || line.startsWith('#')) continue;
    const [, name, labels = '', value] = /^(\w+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
    if (name === undefined) throw new Error(`not a sample: ${line}`);
    samples.push({ name, labels: readLabels(labels), value: Number(value) });
  }
  return {
    samples,
    declared,
    value: (name, labels = {}) => {
      const found = samples.filter(
        (each) =>
          each.name === name &&
          Object.entries(labels).every(([label, value]) => each.labels[label] === value),
      );
      if (found.length > 1) throw new Error(`${name}${JSON.stringify(labels)} fits ${found.length} samples`);
      return found[0]?.value ?? 0;
    },
  };
}

function readLabels(text: string): Record<string, string> {
  const pairs = [...text.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)];
  return Object.fromEntries(pairs.map(([, name, value]) => [name, value]));
}

/** Asks a service for its metrics. */
export async function scrape(url: string): Promise<Exposition> {
  const response = await fetch(`${url}/metrics`);
  if (response.status !== 200) throw new Error(`${response.status} ${await response.text()}`);
  return readExposition(await response.text());
}

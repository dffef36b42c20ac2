// What Mantine does once it runs, done before the first paint.
const kept = localStorage.getItem('mantine-color-scheme-value');
const prefersDark = matchMedia('(prefers-color-scheme: dark)').matches;
const scheme = kept === 'light' || kept === 'dark' ? kept : prefersDark ? 'dark' : 'light';
document.documentElement.setAttribute('data-mantine-color-scheme', scheme);

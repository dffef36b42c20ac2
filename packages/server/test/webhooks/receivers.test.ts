import { originOf, receiverOf } from '@awe/server/ledger/deliveries-receiver';
import { expect, test } from 'vitest';

test('a receiver is its callback without query and fragment', () => {
  expect(receiverOf('https://Hooks.example:443/a/B?token=1#there')).toBe('https://hooks.example/a/B');
  expect(receiverOf('http://hooks.example:8080')).toBe('http://hooks.example:8080/');
  expect(receiverOf('http://[::1]:80/grüße')).toBe('http://[::1]/gr%C3%BC%C3%9Fe');
});

test('a long receiver stays readable, distinct, and short enough for an index', () => {
  const long = `https://hooks.example/${'x'.repeat(490)}`;
  expect(receiverOf(long)).toBe(long);
  const names = ['a', 'b'].map((end) => receiverOf(`${long}${end}`));
  expect(new Set(names).size).toBe(2);
  for (const name of names) {
    expect(name).toMatch(/^https:\/\/hooks\.example\/x+#[\w-]{43}$/);
    expect(name.length).toBeLessThanOrEqual(512);
  }
  expect(receiverOf(`${long}a?other`)).toBe(names[0]);
});

test('the origin of a receiver', () => {
  expect(originOf('https://hooks.example/a/b')).toBe('https://hooks.example');
  expect(originOf('http://[::1]:8080/')).toBe('http://[::1]:8080');
});

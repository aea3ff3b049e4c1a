import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emailDomain, normalizeEmail } from './email.ts';

describe('normalizeEmail', () => {
  it.each([
    ['Dana.Ortiz@Brightforge.Example', 'dana.ortiz@brightforge.example'],
    [' mailto:dana@brightforge.example ', 'dana@brightforge.example'],
    ['<dana@brightforge.example>', 'dana@brightforge.example'],
    ['dana@brightforge.example.', 'dana@brightforge.example'],
    ['dana+webinar@brightforge.example', 'dana+webinar@brightforge.example'],
    ['"dana"@brightforge.example', 'dana@brightforge.example'],
    ['"Dana Ortiz"@brightforge.example', '"dana ortiz"@brightforge.example'],
    ['"da\\"na"@brightforge.example', '"da\\"na"@brightforge.example'],
    ['"a@b"@brightforge.example', '"a@b"@brightforge.example'],
    ['info@Bücher.example', 'info@xn--bcher-kva.example'],
    ['info@xn--bcher-kva.example', 'info@xn--bcher-kva.example'],
    ['ré@brightforge.example', 're\u0301@brightforge.example'.normalize('NFC')],
    ['j.fox@GoogleMail.com', 'j.fox@gmail.com'],
    ['da\u200bna@brightforge.example', 'dana@brightforge.example'],
  ])('reads %j as %j', (raw, expected) => expect(normalizeEmail(raw)).toBe(expected));

  it.each([
    '',
    'dana',
    '@brightforge.example',
    'dana@',
    'dana@localhost',
    'dana@127.0.0.1',
    'dana@[127.0.0.1]',
    'dana@a.example/x',
    'dana@a.example:25',
    'dana ortiz@a.example',
    'Dana <dana@a.example>',
    'a,b@a.example',
    'dana@a..example',
    `${'x'.repeat(320)}@a.example`,
  ])('finds no address in %j', (raw) => expect(normalizeEmail(raw)).toBeNull());

  it('gives its own answer back unchanged', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.emailAddress(),
          fc.string(),
          fc.tuple(fc.string(), fc.domain()).map((parts) => parts.join('@')),
        ),
        (raw) => {
          const once = normalizeEmail(raw);
          if (once !== null) expect(normalizeEmail(once)).toBe(once);
        },
      ),
    );
  });

  it('never tells case apart', () => {
    fc.assert(
      fc.property(fc.emailAddress(), (raw) => void expect(normalizeEmail(raw.toUpperCase())).toBe(normalizeEmail(raw))),
    );
  });

  it('never throws, whatever it is given', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (raw) => void normalizeEmail(raw)));
  });
});

it('a quoted @ does not end the local part', () =>
  expect(emailDomain('"a@b"@brightforge.example')).toBe('brightforge.example'));

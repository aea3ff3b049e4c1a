import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { urlTemplateSchema } from '#contract/site-rule.ts';
import { compileRecordUrl } from './record-url.ts';

const host = 'https://crm.kestrel.example';

describe('an address template reads the record’s number', () => {
  it.each([
    ['/person/{id}', '/person/17', '17'],
    ['/person/{id}', '/person/17/', '17'],
    ['/person/{id}', '/person/17?tab=notes#top', '17'],
    ['/lead/lead_{id}', '/lead/lead_aB3x/', 'aB3x'],
    ['/crm/{org}/tab/Contacts/{id}', '/crm/org20/tab/Contacts/4876876000000333', '4876876000000333'],
    ['/companies/*/app#/contact/{id}', '/companies/7/app#/contact/91?from=list', '91'],
    [
      '/main.aspx?pagetype=entityrecord&etn=contact&id={id}',
      '/main.aspx?id=%7Bab-12%7D&etn=contact&appid=9&pagetype=entityrecord',
      'ab-12',
    ],
    ['/web#model=res.partner&id={id}', '/web#action=1&id=42&model=res.partner&view_type=form', '42'],
    ['/#Contact/view/{id}', '/#Contact/view/5f1', '5f1'],
    ['#Contact/view/{id}', '/espo/#Contact/view/5f1', '5f1'],
    ['?module=Contacts&record={id}', '/crm/index.php?record=5f1&module=Contacts', '5f1'],
    ['/person/{id:number}', '/person/17', '17'],
    [
      '/object/person/{id:guid}',
      '/object/person/20202020-1C25-4d02-bf25-6aeccf7ea419',
      '20202020-1C25-4d02-bf25-6aeccf7ea419',
    ],
    ['/contacts/{id:text}', '/contacts/Dana%20Ortiz', 'Dana Ortiz'],
  ])('%s from %s', (template, address, id) => {
    expect(urlTemplateSchema.parse(template)).toBe(template);
    expect(compileRecordUrl(template).read(new URL(address, host))).toBe(id);
  });

  it.each([
    ['/person/{id}', '/person/'],
    ['/person/{id}', '/people/17'],
    ['/person/{id}', '/person/17/edit'],
    ['/person/{id}', '/person/new'],
    ['/person/{id:number}', '/person/aB3x'],
    ['/person/{id:guid}', '/person/17'],
    ['/contacts/{id:text}', '/contacts/import'],
    ['/contacts/{id:text}', '/contacts/%20'],
    ['/contacts/{id:text}', '/contacts/a%00b'],
    ['/person/{id}', '/person/a%20b'],
    ['/person/{id}', '/person/%E0%A4%A'],
    ['/lead/lead_{id}', '/lead/lead_'],
    ['/main.aspx?etn=contact&id={id}', '/main.aspx?etn=account&id=1'],
    ['/main.aspx?etn=contact&id={id}', '/main.aspx?etn=contact'],
    ['/web#model=res.partner&id={id}', '/web#model=crm.lead&id=42'],
  ])('%s from none like %s', (template, address) => {
    expect(compileRecordUrl(template).read(new URL(address, host))).toBeNull();
  });

  it('whatever the schema takes can be taken apart, and gives back the number that was put in', () => {
    const text = fc.stringMatching(/^[a-z]{1,6}$/);
    const part = fc.oneof(text, fc.constantFrom('*', '{other}'));
    const path = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => `/${parts.join('/')}`);
    const number = fc.stringMatching(/^\d[\w-]{0,20}$/);
    fc.assert(
      fc.property(
        path,
        fc.constantFrom('/{id}', '/x_{id}', '?id={id}', '#/p/{id}', '#a=b&id={id}'),
        number,
        (front, end, id) => {
          const template = urlTemplateSchema.parse(front + end);
          const address = template.replaceAll('*', 'any').replaceAll('{other}', 'any').replace('{id}', id);
          expect(compileRecordUrl(template).read(new URL(address, host))).toBe(id);
        },
      ),
    );
  });

  it('never throws, whatever the address', () => {
    fc.assert(
      fc.property(fc.webUrl({ withFragments: true, withQueryParameters: true }), (address) => {
        for (const template of ['/a/{id}', '/?id={id}', '/#x={y}&id={id}', '/#/a/{id}'])
          expect([null, 'string']).toContain(
            compileRecordUrl(template).read(new URL(address)) === null ? null : 'string',
          );
      }),
    );
  });
});

describe('a template is refused', () => {
  it.each([
    'person/{id}',
    '/person',
    '/{id}/{id}',
    '/person/(\\d+)',
    '/person/{id}|x',
    'https://a.example/{id}',
    '/a b/{id}',
    '/person/{id:words}',
    '/person/{name}{id}',
    '/{id}/{id:number}',
    '/**/{id}',
  ])('%s', (template) => expect(urlTemplateSchema.safeParse(template).success).toBe(false));
});

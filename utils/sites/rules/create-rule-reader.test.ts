// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { type SiteRule, siteRuleSchema } from '#contract/site-rule.ts';
import { createRuleReader } from './create-rule-reader.ts';
import { explainRule } from './explain-rule.ts';
import { testRule } from './find-record.ts';

const site = { id: 'own-kestrel', hosts: ['https://crm.kestrel.example/*'] } as const;
const url = new URL('https://crm.kestrel.example/people/17');

function toRule(parts: object): SiteRule {
  return siteRuleSchema.parse({
    system: 'kestrel',
    records: [
      { object: 'person', isCompany: false, urls: ['/people/{id:number}'] },
      { object: 'firm', isCompany: true, urls: ['/firms/{id}'], fields: { email: [], name: ['h2'] } },
    ],
    fields: {},
    ...parts,
  });
}

function parse(body: string): Document {
  return new DOMParser().parseFromString(`<html><body>${body}</body></html>`, 'text/html');
}

function read(parts: object, body: string, at = url) {
  return createRuleReader(site, toRule(parts)).read(parse(body), at);
}

const email = (parts: object, body: string) =>
  read(parts, body).sighting?.people[0]?.clues.find(({ kind }) => kind === 'email')?.value;

describe('a rule’s record', () => {
  it('is in view by its address alone as soon as the page shows anything', () => {
    expect(read({}, '<main>Dana</main>').sighting?.people).toEqual([
      {
        standing: 'subject',
        isCompany: false,
        clues: [{ kind: 'crm', value: 'kestrel:person:17' }],
        name: null,
        title: null,
        company: null,
        signals: ['url'],
      },
    ]);
  });

  it.each(['', '<div id="root"></div>', '<script>Dana</script>', '<div style="display:none">Dana</div>'])(
    'is waited for while the page shows nothing: %s',
    (body) => expect(read({}, body)).toMatchObject({ sighting: null, isReadable: false }),
  );

  it('is waited for until its mark is there', () => {
    const rule = { rendered: ['.card'] };
    expect(read(rule, '<main>Loading</main>')).toMatchObject({ sighting: null, isReadable: false });
    expect(read(rule, '<main class="card">Dana</main>').sighting).not.toBeNull();
  });

  it('is nobody where the address is no record’s, or a list is in view', () => {
    expect(read({}, 'x', new URL('https://crm.kestrel.example/people')).sighting).toBeNull();
    expect(read({ lists: ['.grid'] }, '<div class="grid">x</div>')).toMatchObject({ sighting: null, isReadable: true });
    expect(
      read({ lists: ['.grid'] }, '<div class="grid" style="display:none">x</div><p>x</p>').sighting,
    ).not.toBeNull();
  });

  it('that stands for a company has its name as company, and fields of its own', () => {
    const rule = { fields: { name: ['h1'], email: ['.mail'], website: ['.web'] } };
    const body =
      '<h1>Not it</h1><h2>Kestrel</h2><p class="mail">a@decoy.example</p><a class="web">www.kestrel.example/x</a>';
    expect(read(rule, body, new URL('https://crm.kestrel.example/firms/k-1')).sighting?.people).toMatchObject([
      {
        isCompany: true,
        clues: [
          { kind: 'crm', value: 'kestrel:firm:k-1' },
          { kind: 'domain', value: 'www.kestrel.example/x' },
        ],
        name: 'Kestrel',
        company: 'Kestrel',
      },
    ]);
  });
});

describe('a place', () => {
  it.each([
    ['text', '.mail', '<p class="mail"> Dana@Kestrel.example </p>', 'Dana@Kestrel.example'],
    ['text with a name', '.mail', '<p class="mail">Dana &lt;dana@kestrel.example&gt;</p>', 'dana@kestrel.example'],
    [
      'a mail link',
      'a[href^="mailto:"]',
      '<a href="mailto:dana@kestrel.example?subject=x">Write</a>',
      'dana@kestrel.example',
    ],
    [
      'a mail link inside',
      '.mail',
      '<p class="mail">Write: <a href="mailto:dana@kestrel.example">her</a></p>',
      'dana@kestrel.example',
    ],
    ['a field', '#mail', '<input id="mail" value="dana@kestrel.example">', 'dana@kestrel.example'],
    ['a field inside', '.mail', '<p class="mail"><input value="dana@kestrel.example"></p>', 'dana@kestrel.example'],
    [
      'an attribute',
      'a@data-address',
      '<a data-address="dana@kestrel.example" href="javascript:">D</a>',
      'dana@kestrel.example',
    ],
    [
      'the second of a list',
      'dd:nth-of-type(2)',
      '<dl><dd>1</dd><dd>dana@kestrel.example</dd></dl>',
      'dana@kestrel.example',
    ],
    [
      'one address twice',
      '.mail',
      '<p class="mail">dana@kestrel.example</p><p class="mail">Dana@kestrel.example</p>',
      'dana@kestrel.example',
    ],
  ])('gives an address from %s', (_, place, body, value) =>
    expect(email({ fields: { email: [place] } }, body)).toBe(value),
  );

  it.each([
    ['no address', '<p class="mail">none</p>'],
    ['hidden', '<p class="mail" style="display:none">dana@decoy.example</p>'],
    ['hidden inside', '<p class="mail"><span style="display:none">dana@decoy.example</span></p>'],
    ['a secret', '<input class="mail" type="password" value="dana@decoy.example">'],
    ['two that differ', '<p class="mail">dana@decoy.example</p><p class="mail">priya@decoy.example</p>'],
    ['in what is foreign', '<section class="related"><p class="mail">dana@decoy.example</p></section>'],
    ['elsewhere', '<main><a href="mailto:dana@decoy.example">dana@decoy.example</a></main>'],
  ])('gives none where it is %s', (_, body) =>
    expect(email({ fields: { email: ['.mail'] }, foreign: ['.related'] }, `<h1>x</h1>${body}`)).toBeUndefined(),
  );

  it('counts only when those before it have nothing', () => {
    const rule = { fields: { email: ['.a', '.b'] } };
    expect(email(rule, '<p class="b">b@kestrel.example</p><p class="a">a@kestrel.example</p>')).toBe(
      'a@kestrel.example',
    );
    expect(email(rule, '<p class="b">b@kestrel.example</p><p class="a">unknown</p>')).toBe('b@kestrel.example');
  });

  it('gives the words of a choice, and a name without the buttons beside it', () => {
    const rule = { fields: { name: ['h1'], company: ['select'] } };
    const body =
      '<h1>Dana <b>Ortiz</b><button>Edit</button></h1><select><option value="7" selected>Kestrel</option></select>';
    expect(read(rule, body).sighting?.people).toMatchObject([{ name: 'Dana Ortiz', company: 'Kestrel' }]);
  });

  it('that no browser knows is named and breaks nothing', () => {
    const rule = { ...toRule({}), fields: { ...toRule({}).fields, email: ['p:::x', '.mail'], name: ['[['] } };
    const reader = createRuleReader(site, rule);
    const reading = reader.read(parse('<p class="mail">dana@kestrel.example</p>'), url);
    expect(reading.sighting?.people[0]?.clues).toHaveLength(2);
    expect(reading.signals).toEqual(['url', 'field:email', 'broken:name', 'broken:email']);
  });

  it('is not read where nobody can tell what is foreign', () => {
    const rule = { ...toRule({ fields: { email: ['.mail'] } }), foreign: ['[['] };
    const reading = createRuleReader(site, rule).read(parse('<p class="mail">dana@decoy.example</p>'), url);
    expect(reading.signals).toEqual(['url', 'broken:foreign']);
  });
});

describe('a rule’s reader', () => {
  const reader = createRuleReader(site, toRule({ fields: { email: ['.mail a', 'body'] } }));

  it('is for its hosts over HTTPS alone', () => {
    expect(reader.reads(url)).toBe(true);
    expect(reader.reads(new URL('http://crm.kestrel.example/people/17'))).toBe(false);
    expect(reader.reads(new URL('https://kestrel.example/people/17'))).toBe(false);
  });

  it('takes a tab of a record for the same place, and another record for another', () => {
    expect(reader.placeOf(new URL('?tab=notes#x', url))).toBe(reader.placeOf(url));
    expect(reader.placeOf(new URL('/people/18', url))).not.toBe(reader.placeOf(url));
  });

  it('watches what holds its places where a record is in view, and never the body', () => {
    const body = '<div id="box"><p class="mail"><a>x</a></p></div>';
    const at = (address: string) => Object.defineProperty(parse(body), 'URL', { value: address });
    expect(reader.scope(at(url.href)).map((element) => element.className)).toEqual(['mail']);
    expect(reader.scope(at('https://crm.kestrel.example/people'))).toEqual([]);
    const named = createRuleReader(site, toRule({ scope: ['body', '#box', '.mail'] }));
    expect(named.scope(at(url.href)).map((element) => element.id)).toEqual(['box']);
  });
});

describe('a rule is tried', () => {
  it('on an address: which template fits, and the number', () => {
    expect(testRule(toRule({}), url)).toEqual({
      object: 'person',
      isCompany: false,
      template: '/people/{id:number}',
      id: '17',
    });
    expect(testRule(toRule({}), new URL('/people/new', url))).toBeNull();
  });

  it('on a page: what each field gave and where, and what is wrong', () => {
    const rule = toRule({ fields: { name: ['.none', 'h1'], email: ['p'] } });
    const told = explainRule(rule, parse('<h1>Dana</h1><p>a@b.example</p><p>c@d.example</p>'), url);
    expect(told).toMatchObject({ state: 'record', broken: [], record: { id: '17' } });
    expect(told.read?.fields.name).toEqual({ value: 'Dana', place: 'h1', problems: [] });
    expect(told.read?.fields.email).toEqual({
      value: null,
      place: null,
      problems: [{ place: 'p', problem: 'several' }],
    });
  });

  it('on a page that has its own way with a document’s functions: it is not drawn', () => {
    const document = Object.defineProperty(parse('<p>x</p>'), 'createTreeWalker', { value: null });
    expect(explainRule(toRule({}), document, url)).toMatchObject({ state: 'unrendered', record: { id: '17' } });
  });
});

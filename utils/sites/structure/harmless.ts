import { addressWords } from '../spelled.ts';

/** Attributes whose values a page's code gave, not its people: they stay, but for the identifiers in them. Everything else is replaced. */
export const hooks: ReadonlySet<string> = new Set([
  ...[
    'class',
    'id',
    'role',
    'slot',
    'type',
    'rel',
    'dir',
    'lang',
    'tabindex',
    'colspan',
    'contenteditable',
    'itemprop',
    'property',
  ],
  ...[
    'data-control-name',
    'data-test-id',
    'data-testid',
    'data-selenium-test',
    'data-card-type',
    'data-target-selection-name',
    'data-output-element-id',
  ],
  ...[
    'data-tracking-control-name',
    'data-view-name',
    'data-anonymize',
    'data-app-section',
    'data-id',
    'data-name-space',
    'data-field',
    'data-field-id',
  ],
  ...[
    'componentkey',
    'jsname',
    'jscontroller',
    'data-action',
    'data-section',
    'data-member-id-type',
    'data-lpc-hover-target-id',
  ],
  ...[
    'aria-hidden',
    'aria-expanded',
    'aria-selected',
    'aria-haspopup',
    'aria-level',
    'aria-checked',
    'hidden',
    'open',
    'disabled',
  ],
]);

/** Attributes that lead somewhere. */
export const links: ReadonlySet<string> = new Set(['href', 'action', 'src', 'data-href']);

/** Elements whose `name` is the code's word for a field; on any other it is a person's. */
export const namedByCode: ReadonlySet<string> = new Set([
  'input',
  'textarea',
  'select',
  'button',
  'form',
  'meta',
  'slot',
]);

/** Elements that say nothing of the structure. */
export const dropped: ReadonlySet<string> = new Set([
  'script',
  'style',
  'noscript',
  'template',
  'picture',
  'video',
  'audio',
  'canvas',
  'iframe',
  'object',
  'embed',
  'source',
]);

/** The keys and kinds of linked data, which a public vocabulary names. */
export const linkedDataWords: ReadonlySet<string> = new Set([
  ...[
    '@context',
    '@graph',
    '@type',
    '@id',
    'name',
    'url',
    'jobTitle',
    'worksFor',
    'memberOf',
    'alumniOf',
    'member',
    'startDate',
    'endDate',
    'description',
  ],
  ...[
    'sameAs',
    'address',
    'addressLocality',
    'addressCountry',
    'image',
    'contentUrl',
    'author',
    'headline',
    'mainEntity',
    'email',
    'identifier',
    'awards',
  ],
  ...[
    'Person',
    'Organization',
    'OrganizationRole',
    'EducationalOrganization',
    'PostalAddress',
    'ImageObject',
    'WebPage',
    'ProfilePage',
    'Article',
    'Corporation',
  ],
]);

/** What all pages of a site have in common, in titles and labels, and (lower case) in addresses. A closed list: a word that is not here is somebody's. */
export const keptWords: Readonly<Record<'brands' | 'paths', ReadonlySet<string>>> = {
  brands: new Set([
    'LinkedIn',
    'Salesforce',
    'Gmail',
    'HubSpot',
    'Current',
    'Present',
    'mail',
    'Mail',
    'email',
    'Email',
  ]),
  paths: new Set([
    ...[...addressWords].map((word) => word.toLowerCase()),
    ...(
      'http https mailto javascript www com net google linkedin lightning force visual salesforce site my hubspot dynamics mail popout dir u app in pub ' +
      'company school showcase sales lead people account ticket case details detail experience recent activity overlay contact info about admin ' +
      'profile r o s n one sobject apex view related list connectionof followerof profileurn vanityname isselfprofile true false main aspx pagetype ' +
      'entityrecord etn etc extraqs id ws web model res partner crm type form kanban odoo scoped customers vendors contacts leads opportunity deal ' +
      'record records objects properties feed search inbox sent label all starred compose new edit me owa deeplink index php module action ' +
      'ajaxuiloc hash object'
    ).split(' '),
  ]),
};

import { untagEmail } from './tag.ts';

/** Local parts, without dots and dashes, behind which a post or a machine stands and no one person. The mailboxes of RFC 2142 come first. */
const roles: ReadonlySet<string> = new Set(
  `info marketing sales support abuse noc security postmaster hostmaster usenet news webmaster www uucp ftp
  admin administrator root sysadmin it itsupport helpdesk help servicedesk service services customerservice customersupport customercare care
  noreply donotreply noresponse mailerdaemon bounce bounces notification notifications notify alert alerts automail mailer system robot bot
  newsletter newsletters list listserv subscribe unsubscribe optout remove updates digest
  hello hi hey contact contactus kontakt contacto contatto contato mail email office buero buro ufficio oficina bureau reception frontdesk enquiries inquiries enquiry inquiry
  ask feedback general team all everyone staff company
  billing accounts accounting accountspayable accountsreceivable ap ar finance invoice invoices invoicing rechnung rechnungen buchhaltung facturation facturas fatture payment payments payroll tax treasury
  order orders ordering bestellung bestellungen purchasing purchase procurement einkauf achats compras acquisti shop store booking bookings reservations reservation events event
  salesteam presales vertrieb verkauf ventas ventes vendite commercial business bizdev partner partners partnerships partnership affiliate affiliates
  hr humanresources people job jobs career careers recruiting recruitment karriere bewerbung personal talent
  legal compliance privacy gdpr dpo datenschutz dataprotection copyright dmca trademark
  press media pr presse publicrelations editor editorial advertising ads
  logistics shipping delivery dispatch warehouse returns quality qa facilities maintenance operations ops dev devops devnull engineering
  dns domains domainadmin ssladmin spam phishing incident emergency registrar test testing nobody void null`.split(
    /\s+/,
  ),
);

/** What may stand beside a role without making a person of it: places, languages, teams, numbers. */
const beside: ReadonlySet<string> = new Set(
  `team desk global international intl world group emea apac dach amer americas latam mena nordics benelux europe asia africa
  eu us usa uk gb de fr es it nl be at ch pl cz se no dk fi pt br mx ca au nz jp cn in sg za ie north south east west central`.split(
    /\s+/,
  ),
);

/** Beginnings after which a machine writes on: `noreply-4711`, `bounces+abc`. */
const machine = /^(no-?_?reply|do-?_?not-?_?reply|bounces?|mailer-?daemon|notifications?)[-._+=]/;

/**
 * Whether a normalised address belongs to a post or a machine (`info@`, `sales.emea@`, `noreply@`) and to no one person. Decided by the local part
 * alone: a role word, also written with dots or dashes or with a tag, or role words beside places and numbers. A name beside a role word
 * (`mark.sales@`) is a person's. Pure.
 */
export function isRoleAddress(email: string): boolean {
  const bare = untagEmail(email) ?? email;
  const local = bare.slice(0, bare.lastIndexOf('@'));
  if (machine.test(email)) return true;
  const words = local.split(/[-._]+/).filter((word) => word !== '');
  if (roles.has(words.join(''))) return true;
  const [first = '', ...rest] = words;
  const isBeside = (word: string) => beside.has(word) || /^\d{1,6}$/.test(word) || roles.has(word);
  if (roles.has(first)) return rest.every(isBeside);
  return beside.has(first) && rest.length > 0 && rest.every(isBeside) && rest.some((word) => roles.has(word));
}

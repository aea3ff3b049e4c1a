/** A person's name of two words or more, as no company's legal form is written. */
const personal = /^\p{L}[\p{L}\p{M}'’-]+(?:\s[\p{L}\p{M}'’.-]+)*\s\p{L}[\p{L}\p{M}'’-]+$/u;

/** A contact as Odoo shows it where another record links to it: `Pennant Works, Nora Whitfield`. `company` null: it names none, or that cannot be told. */
export function splitShownContact(text: string): { company: string | null; name: string } {
  const at = text.lastIndexOf(', ');
  const name = text.slice(at + 2);
  return at > 0 && personal.test(name) ? { company: text.slice(0, at), name } : { company: null, name: text };
}

/** A tax number as Odoo adds it: behind a dash of its own, since version 19 behind a hyphen, where a country and its digits tell it from a name. */
const taxNumber = /\s(?:‒\s[\p{Lu}\d][\p{Lu}\d .-]*|-\s[A-Z]{2}(?=(?:[A-Z]*\d){5})[A-Z\d]{5,14})$/u;

/** A company as Odoo shows it, without the tax number that it adds (`Pennant Works ‒ NL12345`). */
export function withoutTaxNumber(text: string): string {
  return text.replace(taxNumber, '');
}

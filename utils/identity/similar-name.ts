/** What stands beside a person's name and is none of it. */
const honorifics: ReadonlySet<string> = new Set(
  'dr prof professor mr mrs ms mx sir madam herr frau hr fr sr sra ing dipl mag phd mba msc bsc cpa jr ii iii'.split(
    ' ',
  ),
);

/** What a register adds to a company's name, the parts of `S.A.` and its kind among them. */
const legalForms: ReadonlySet<string> = new Set(
  'gmbh ag kg kgaa ohg ug se inc incorporated llc llp ltd limited plc corp corporation co company sa sas sarl srl spa sl slu bv nv oy oyj ab as asa aps a s pty pte pvt kk zrt kft sro doo lda ltda mbh cv the and und et'.split(
    ' ',
  ),
);

/** The words of names as they are compared and searched: small letters, accents off, without repeats. Pure. */
export function nameWords(...names: (string | null)[]): string[] {
  const words = names.flatMap((name) =>
    (name ?? '')
      .normalize('NFKD')
      .replaceAll(/\p{M}/gu, '')
      .toLocaleLowerCase('en')
      .split(/[^\p{L}\p{N}]+/u),
  );
  return [...new Set(words.filter((each) => each !== ''))];
}

/** A company's name without its legal form; all of it when nothing else is there. */
export function companyWords(name: string | null): string[] {
  const words = nameWords(name);
  const telling = words.filter((each) => !legalForms.has(each));
  return telling.length === 0 ? words : telling;
}

/** A person's name without titles. */
export function personWords(name: string | null): string[] {
  return nameWords(name).filter((each) => !honorifics.has(each));
}

/** Whether two names of companies may mean the same one: equal but for the legal form, or one goes on where the other ends (`Brightforge`, `Brightforge Iberia`). Pure. */
export function isSameCompany(left: string | null, right: string | null): boolean {
  const [short, long] = [companyWords(left), companyWords(right)].sort((a, b) => a.length - b.length);
  return short !== undefined && short.length > 0 && short.every((each, index) => each === long?.[index]);
}

/** A word by which somebody can be told: one letter of an alphabet is an initial. */
export function isTelling(word: string): boolean {
  return !/^[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{N}]$/u.test(word);
}

/** Gives each word of the shorter name a word of its own in the longer: itself, else one of which either is the first letter. Null when one gets none. */
function pairWords(short: readonly string[], long: readonly string[]): { hasInitials: boolean } | null {
  const free = new Set(long);
  const rest = short.filter((each) => !free.delete(each));
  for (const each of rest) {
    const full = [...free].find((word) => (isTelling(each) ? word === each[0] : word[0] === each));
    if (full === undefined) return null;
    free.delete(full);
  }
  return { hasInitials: rest.length > 0 };
}

/**
 * How alike two names of persons are. `same`: the same words in any order, or one has further names (`Dana Ortiz`, `Ortiz Vega, Dana`), at least
 * two words in common; `similar`: the same with initials for words (`Dana O.`, as profiles show strangers). Null: nothing to go by. Pure, symmetric.
 */
export function compareNames(left: string | null, right: string | null): 'same' | 'similar' | null {
  const [a, b] = [personWords(left), personWords(right)];
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  const pairs = pairWords(short, long);
  if (pairs === null || !short.some((each) => isTelling(each) && long.includes(each))) return null;
  if (short.length < 2 && long.length > 1) return null;
  return pairs.hasInitials ? 'similar' : 'same';
}

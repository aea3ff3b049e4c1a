/** How high somebody stands, the highest first. */
export const seniorities = ['owner', 'c_level', 'vp', 'director', 'head', 'manager', 'staff', 'junior'] as const;
export type Seniority = (typeof seniorities)[number];

/** Words and phrases of titles. A title is what its highest word says, but for those that lower it: an assistant to the director directs nobody. */
const words: Record<Exclude<Seniority, 'staff'>, RegExp> = {
  owner: /\b(owner|founder|co-?founder|proprietor|managing partner|inhaber\w*|gründer\w*|fondat\w+)\b/u,
  c_level:
    /\b(chief|c[efotimrdps]o|ciso|president|managing director|geschäftsführ\w*|vorstand\w*|pdg|directeur général)\b/u,
  vp: /\b(vp|svp|evp|avp|vice[- ]president)\b/u,
  director: /\b(director|direktor\w*|directeur|directrice|direttore|director[ae])\b/u,
  head: /\b(head|lead(er)? of|leiter\w*|responsable|jefe|jefa|chef)\b/u,
  manager: /\b(manager|supervisor|superintendent|foreman|team ?lead(er)?|gerente|encargad[oa]|manag(er)?in)\b/u,
  junior:
    /\b(intern|trainee|student|apprentice|junior|jr|working student|werkstudent\w*|praktikant\w*|azubi|stagiaire|becari[oa])\b/u,
};
const lowering = /\b(assistant|secretary|assistenz|assistente?|deputy to|office of)\b/u;
const highestFirst = ['owner', 'vp', 'c_level', 'director', 'head', 'manager'] as const;

/**
 * What a job title says of how high its bearer stands; null when there is no title. English first, with common words of German, French, Spanish and Italian; who is
 * none of the others is staff.
 */
export function readSeniority(title: string | null): Seniority | null {
  const spelled = title?.normalize('NFKC').toLowerCase().trim() ?? '';
  if (spelled === '') return null;
  if (words.junior.test(spelled)) return 'junior';
  if (lowering.test(spelled)) return /\bassistant (vice|director|manager)/u.test(spelled) ? 'manager' : 'staff';
  return highestFirst.find((level) => words[level].test(spelled)) ?? 'staff';
}

/** As much of a JSON Schema as zod writes. */
interface Schema {
  type?: string | string[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  enum?: unknown[];
  const?: unknown;
  maxLength?: number;
  minLength?: number;
  maxItems?: number;
  minItems?: number;
  maximum?: number;
  minimum?: number;
}

/** The forms a value may have. A list of words that may grow is, for who says it, the words known today. */
function listForms(schema: Schema): Schema[] {
  const forms = schema.anyOf ?? schema.oneOf;
  if (forms) {
    const words = forms.find((each) => each.enum !== undefined);
    const isGrowing = words !== undefined && forms.length === 2 && forms.some((each) => each.maxLength === 60);
    return isGrowing ? [words] : forms.flatMap(listForms);
  }
  return Array.isArray(schema.type) ? schema.type.map((type) => ({ ...schema, type })) : [schema];
}

const listWords = (schema: Schema): unknown[] | null =>
  schema.const === undefined ? (schema.enum ?? null) : [schema.const];
/** What one side may say that the other, reading by its own schema, would refuse: where, and why. Empty when all of it is understood. */
export function findWider(said: unknown, read: unknown, path = ''): string[] {
  const readable = listForms(read as Schema);
  return listForms(said as Schema).flatMap((form) => {
    const fitting = readable.filter((each) => isOfType(form, each));
    if (fitting.length === 0) return [`${path}: ${form.type ?? 'anything'}`];
    // Of several forms, the nearest says what is wrong.
    const faults = fitting.map((each) => findWiderForm(form, each, path));
    return faults.toSorted((a, b) => a.length - b.length)[0] ?? [];
  });
}

const isOfType = (said: Schema, read: Schema): boolean =>
  read.type === undefined || said.type === read.type || (said.type === 'integer' && read.type === 'number');

function findWiderForm(said: Schema, read: Schema, path: string): string[] {
  const words = listWords(said);
  const known = listWords(read);
  if (known !== null) {
    const unknown = words?.filter((each) => !known.includes(each)) ?? ['any word'];
    return unknown.length === 0 ? [] : [`${path}: ${unknown.join(', ')}`];
  }
  const beyond = words === null ? limits.filter((limit) => isBeyond(limit, said[limit], read[limit])) : [];
  const missing = (read.required ?? []).filter((name) => !(said.required ?? []).includes(name));
  const fields = Object.entries(read.properties ?? {}).flatMap(([name, schema]) => {
    const own = said.properties?.[name];
    return own === undefined ? [] : findWider(own, schema, `${path}.${name}`);
  });
  const items = read.items && said.items ? findWider(said.items, read.items, `${path}[]`) : [];
  return [
    ...beyond.map((limit) => `${path}: ${limit} ${said[limit]} instead of ${read[limit]}`),
    ...missing.map((name) => `${path}.${name}: missing`),
    ...fields,
    ...items,
  ];
}

const limits = ['maxLength', 'maxItems', 'maximum', 'minLength', 'minItems', 'minimum'] as const;

function isBeyond(limit: (typeof limits)[number], said: number | undefined, read: number | undefined): boolean {
  if (read === undefined) return false;
  return limit.startsWith('max')
    ? (said ?? Number.POSITIVE_INFINITY) > read
    : (said ?? Number.NEGATIVE_INFINITY) < read;
}

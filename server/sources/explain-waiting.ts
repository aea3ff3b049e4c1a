/** What rows wait for, by the first parts of their marks, and the table that says it. */
const tables: Readonly<Record<string, string>> = {
  'crm:marketo:lead': "Marketo's leads (Id, Email Address)",
  'type:marketo': "Marketo's activity types (Activity Type ID, Name)",
  'crm:hubspot:contact': "HubSpot's contacts (Record ID, Email)",
};

/** Says which tables rows wait for. Null: nothing waits. `kinds` as `listAwaitedKinds` answers them. */
export function explainWaiting(kinds: readonly string[]): string | null {
  if (kinds.length === 0) return null;
  const missing = kinds.map((kind) => tables[kind] ?? `a table that names ${kind}`);
  return `Nobody has said yet what they speak of. Import ${missing.join(' and ')}: then they go in by themselves.`;
}

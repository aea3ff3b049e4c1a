/**
 * How Gmail names the viewer among a message's recipients, in the languages of its interface: "to me". A name is only looked up here where no address
 * tells: for an alias of the viewer's that the page names nowhere else, and in a saved piece of a page that has no banner and no title.
 */
const firstPerson = new Set(
  (
    'me moi mir mich ich mí mi yo mim eu je io mij ik мне я меня мені мене мен аз мени јас ја meni mene jaz mně mne já mnie ja nekem én ' +
    'mie mine εμένα εγώ ben bana bene minä minulle mig jag jeg meg ég mina mulle man es mani aš אני לי אליי أنا لي إلي من میں मुझे मैं मला मी ' +
    'আমি আমাকে હું મને நான் எனக்கு నేను నాకు ನಾನು ನನಗೆ ഞാൻ എനിക്ക് ฉัน tôi saya ako akin 自分 私 나 나에게 我 jo ni niri მე ես mimi my እኔ unë ' +
    'මම ខ្ញុំ ຂ້ອຍ म би маған мен mən men fi'
  ).split(' '),
);

/** Words of the list that somebody can be called as well: whose address begins with one is not the viewer. */
const alsoNames = new Set(['ben', 'bene', 'mina', 'mimi', 'jo', 'man', 'men', 'mani', 'my', 'mig', 'io', 'ni', 'mine']);

/** Whether this name, as it stands beside the address, is the interface's word for the viewer. */
export function isFirstPerson(name: string | null, address: string): boolean {
  if (name === null || !firstPerson.has(name)) return false;
  const parts = address.slice(0, address.indexOf('@')).split(/[._+-]/);
  return !(alsoNames.has(name) && parts.includes(name));
}

/**
 * What Salesforce itself calls a field, in the languages it is most used in, lower case. Only for layouts that give a field's label and not its name:
 * where an admin renamed the field, it is not read.
 */
export const labels: Readonly<Record<string, readonly string[]>> = {
  AccountId: [
    ...['account name', 'accountname', 'nom du compte', 'nombre de la cuenta', 'nome da conta', 'nome account'],
    ...['accountnaam', 'account', '取引先名'],
  ],
  Company: ['company', 'firma', 'société', 'compañía', 'empresa', 'società', 'bedrijf', '会社名'],
  Email: ['email', 'e-mail', 'adresse e-mail', 'correo electrónico', 'e-mailadres', 'メール'],
  Name: ['name', 'nom', 'nombre', 'nome', 'naam', '名前'],
  Title: ['title', 'titel', 'titre', 'título', 'cargo', 'funktion', 'fonction', 'titolo', 'functie', '役職'],
  Website: ['website', 'site web', 'sitio web', 'site da web', 'sito web', 'webサイト'],
};

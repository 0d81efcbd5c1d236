/**
 * What people choose first where a password must have 12 characters. The list is small on purpose: what is one of these
 * words with digits or signs around it, or one short piece over and over, or a run of the keyboard, is found by rule
 * (`password-rules.ts`). It is ours, made of what public lists of leaked passwords have in common. Class: data.
 */
const WORDS = `
administrator administrador administrateur adminadmin adminpassword
changeme changemenow changethis contrasena
default defaultpassword
football iloveyou iloveyousomuch
jornada jornadaadmin jornadapassword
letmein letmeinnow letmeinplease login
master masterkey monkey mypassword mynameis
newpassword nopassword notapassword
passphrase password passwordpassword passwort princess
qwerty qwertyqwerty qwertyuiop
rootroot secret secretpassword senha senhasegura
server starwars sunshine superman supersecret superuser
temporary temppassword testpassword testtest
thisisapassword topsecret trustno trustnoone
welcome welcomehome welcometojornada
minhasenha mudarsenha bemvindo brasil flamengo corinthians palmeiras teamo
correcthorsebatterystaple
`;

/** The words, in lower case. */
export const COMMON_WORDS: ReadonlySet<string> = new Set(WORDS.split(/\s+/).filter(Boolean));

/** Runs that people type along: of the keyboard, of the alphabet, of numbers. */
export const RUNS: readonly string[] = [
  'qwertyuiopasdfghjklzxcvbnm',
  'qwertzuiopasdfghjklyxcvbnm',
  'azertyuiopqsdfghjklmwxcvbn',
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890123456789',
  '1q2w3e4r5t6y7u8i9o0p',
  '1qaz2wsx3edc4rfv5tgb6yhn',
];

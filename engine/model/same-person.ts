/** Whether two names are of one person, who may be written in one way or another: four eyes are those of two people. */

const plain = (name: string): string => name.normalize('NFKC').trim().toLowerCase();

/** Letters large or small, blanks around and forms of the same letters make no difference. Class: pure. */
export const isSamePerson = (one: string, other: string): boolean => plain(one) === plain(other);

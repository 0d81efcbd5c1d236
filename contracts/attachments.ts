/**
 * What may be attached to a task: kinds of files that people read, each known by the end of its name and held against what is in
 * it. Pages and programs are none of them. Class: data.
 */

/** How a kind is known by its contents: by its first bytes, or as text in UTF-8. */
export type Looks = 'gif' | 'jpeg' | 'pdf' | 'png' | 'text' | 'webp' | 'zip';

/** A kind of file. */
export interface AttachmentKind {
  readonly mediaType: string;
  readonly looks: Looks;
}

const office = (name: string): AttachmentKind => ({
  mediaType: `application/vnd.openxmlformats-officedocument.${name}`,
  looks: 'zip',
});
const open = (name: string): AttachmentKind => ({
  mediaType: `application/vnd.oasis.opendocument.${name}`,
  looks: 'zip',
});
const text = (mediaType: string): AttachmentKind => ({ mediaType, looks: 'text' });

/** The kinds, by the end of a name. */
export const ATTACHMENT_KINDS: Readonly<Record<string, AttachmentKind>> = {
  csv: text('text/csv'),
  docx: office('wordprocessingml.document'),
  eml: text('text/plain'),
  gif: { mediaType: 'image/gif', looks: 'gif' },
  jpeg: { mediaType: 'image/jpeg', looks: 'jpeg' },
  jpg: { mediaType: 'image/jpeg', looks: 'jpeg' },
  log: text('text/plain'),
  md: text('text/plain'),
  odp: open('presentation'),
  ods: open('spreadsheet'),
  odt: open('text'),
  pdf: { mediaType: 'application/pdf', looks: 'pdf' },
  png: { mediaType: 'image/png', looks: 'png' },
  pptx: office('presentationml.presentation'),
  txt: text('text/plain'),
  webp: { mediaType: 'image/webp', looks: 'webp' },
  xlsx: office('spreadsheetml.sheet'),
};

/** The ends of their names, as a field of a page takes them: `.csv,.docx,…`. */
export const ATTACHMENT_ENDS = Object.keys(ATTACHMENT_KINDS)
  .map((end) => `.${end}`)
  .join(',');

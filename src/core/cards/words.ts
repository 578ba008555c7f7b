import type { CardFinding, Unseen } from './report.ts'

/** What the search for card numbers says, in one language. */
export type CardWords = typeof en

/** The search for card numbers in English. */
export const en = {
  found: ({ file, at, brand, isPacked }: CardFinding) =>
    `${file}, ${at < 0 ? 'in its name' : `${isPacked ? 'in what is packed at byte' : 'byte'} ${at}`}: ${brand}`,
  foundInTable: (table: string, row: string, brand: string) => `table ${table}, row ${row}: ${brand}`,
  unseen: ({ file, because }: { file: string; because: Unseen }) => `${file}: ${en.because[because]}`,
  because: {
    unreadable: 'it cannot be read',
    leadsOut: 'a link that leads out of what was named',
    locked: 'an archive with a password',
    packedOtherwise: 'packed in a way that is not read',
    tooDeep: 'archives within archives within archives',
    tooMany: 'too many archives at once',
    tooMuch: 'it unpacks to more than is looked at',
    brokenOff: 'an archive that breaks off',
  },
  evidence: {
    nothing: 'No search was made yet.',
    clean: (when: string, { files, tables }: { files: number; tables: number }) =>
      `The last search, ${when}, looked at ${files} files and at the texts in ${tables} tables of the database, and found no card number.`,
    found: (when: string) => `The last search, ${when}, found a card number. Our staff have to look at it.`,
    missed: (when: string) =>
      `The last search, ${when}, found no card number, but could not look at everything. Our staff have to see to it.`,
    late: (when: string) => `The last search was made ${when}. There should be one every night.`,
  },
} as const

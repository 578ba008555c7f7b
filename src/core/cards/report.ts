/** Why something was not looked at. A search with one of these has not shown that no card is there. */
export type Unseen =
  'unreadable' | 'leadsOut' | 'locked' | 'packedOtherwise' | 'tooDeep' | 'tooMany' | 'tooMuch' | 'brokenOff'

/** A card number that was found. Shape: `at` counts bytes from the beginning of the file; within an archive it is where that begins; -1 is the file's name. */
export type CardFinding = {
  readonly file: string
  readonly at: number
  readonly brand: string
  readonly isPacked: boolean
}

/** What a search saw. Shape: of findings and gaps the first thousand are kept, and all are counted. */
export type CardReport = {
  files: number
  bytes: number
  found: number
  missed: number
  readonly findings: CardFinding[]
  readonly unseen: { readonly file: string; readonly because: Unseen }[]
}

const MOST_KEPT = 1000

/** A report of nothing yet. */
export function openReport(): CardReport {
  return { files: 0, bytes: 0, found: 0, missed: 0, findings: [], unseen: [] }
}

/** Writes down a finding, each place once. */
export function noteCard(report: CardReport, finding: CardFinding): void {
  const last = report.findings.at(-1)
  if (last?.file === finding.file && last.at === finding.at && last.brand === finding.brand) return
  report.found += 1
  if (report.findings.length < MOST_KEPT) report.findings.push(finding)
}

/** Writes down that something was not looked at, each reason once a file. */
export function noteUnseen(report: CardReport, file: string, because: Unseen): void {
  if (report.unseen.some((row) => row.file === file && row.because === because)) return
  report.missed += 1
  if (report.unseen.length < MOST_KEPT) report.unseen.push({ file, because })
}

/** Whether everything was looked at and no card number is there. */
export function isClean({ found, missed }: Pick<CardReport, 'found' | 'missed'>): boolean {
  return found === 0 && missed === 0
}

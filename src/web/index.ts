export type { ActionTokens } from './action.ts'
export type { Cookies } from './cookies.ts'
export type { Dates } from './dates.ts'
export { deskFrame, type AtDesk, type DeskFrame } from './parts/deskFrame.tsx'
export { fill, isEmail, printableLines, type Filled, type FillOptions } from './fill.ts'
export {
  dropEnded,
  linkPaths,
  mintLink,
  openLink,
  spendLink,
  type AskedLink,
  type NewLink,
  type OpenLink,
} from './links.ts'
export { Btn, Link, LinkBtn, PostForm, Reveal } from './parts/actions.tsx'
export { Changes } from './parts/changes.tsx'
export { BarChart } from './parts/chart.tsx'
export { DeskPage, type RailItem } from './parts/desk.tsx'
export { Choices, choicesOf, ErrorSummary, Fields, type Choice, type Country } from './parts/fields.tsx'
export {
  Bill,
  ClauseRows,
  Figures,
  Holding,
  Ledger,
  Table,
  Trail,
  type BillLine,
  type HeldFact,
  type TrailEntry,
} from './parts/lists.tsx'
export { Bar, Mono, Pii, Stamp, State, When, type ClauseRef } from './parts/marks.tsx'
export { Page, SayPage, type PageProps } from './parts/page.tsx'
export { aria, Typed, Wrong } from './parts/typed.tsx'
export { AddressLabel, CardSeal, Notice, Part, Sheet, Split } from './parts/sheets.tsx'
export {
  addStaff,
  findStaff,
  keepSession,
  signedIn,
  outlastsRegister,
  signOut,
  staffLeaves,
  startSession,
  type SessionContext,
  type Staff,
} from './sessions.ts'
export { ownersAtWork, staffLabel } from './queries.ts'
export { addressOf } from './shell/address.ts'
export { openAssets, unbuiltAssets, type Assets } from './shell/assets.ts'
export { filesOf, formOf, oneText, type FormBody, type FormFile } from './shell/form.ts'
export { asDownload, formsMayGoTo } from './shell/headers.ts'
export { defaultRates, type Limiter, type Rate, type Rates } from './shell/limits.ts'
export type { PageCache, SharedPage } from './shell/pageCache.ts'
export { refuse } from './shell/refusals.tsx'
export { shell, type SeenVisit, type ShellContext } from './shell/shell.ts'
export { webGrants, type LinkKind, type StaffRole, type WebTables } from './tables.ts'
export { makeWeb, places, type Brand, type Place, type PublicPage, type Web, type WebParts } from './web.ts'

import { difference, type Clause } from '../../policy/index.ts'
import { Link, Page, Part, Changes } from '../../web/index.ts'
import type { PrivacyContext } from './context.ts'
import type { Version } from './queries.ts'
import { en } from './words.ts'

/** The privacy policy, clause by clause, as the program enforces it. */
export function PolicyPage({ ctx, all, shown }: { ctx: PrivacyContext; all: readonly Version[]; shown: Version }) {
  const before = all.find((version) => version.version === shown.version - 1)
  const newest = all[0]?.version === shown.version
  return (
    <Page
      web={ctx.web}
      title={newest ? en.privacyTitle : en.versionTitle(shown.version)}
      nav="privacy"
      description={en.privacyLede}
    >
      <div class="stack">
        <h1>{newest ? en.privacyTitle : en.versionTitle(shown.version)}</h1>
        <p class="lede">{en.privacyLede}</p>
        <p class="small muted">
          {en.version(shown.version, ctx.web.dates.day(shown.publishedAt))}{' '}
          {before ? <a href="#changes">{en.changes(before.version)}</a> : en.firstVersion}
        </p>
      </div>
      <nav aria-label={en.contents}>
        <ol class="clause-list">
          {shown.clauses.map((clause) => (
            <li>
              <a href={`#${clause.anchor}`}>{clause.title}</a>
            </li>
          ))}
        </ol>
      </nav>
      {shown.clauses.map((clause) => (
        <ClauseText clause={clause} />
      ))}
      {before ? (
        <Part id="changes" title={en.changes(before.version)}>
          <Changes changes={difference(before.clauses, shown.clauses)} words={en} />
        </Part>
      ) : null}
      <AllVersions ctx={ctx} all={all} />
    </Page>
  )
}

function ClauseText({ clause }: { clause: Clause }) {
  return (
    <section class="stack g3 clause" id={clause.anchor} aria-labelledby={`c-${clause.anchor}`}>
      <h2 id={`c-${clause.anchor}`}>
        <span class="stamp">§{clause.number}</span> {clause.title}
      </h2>
      {clause.sentences.map((sentence) => (
        <p>{sentence}</p>
      ))}
    </section>
  )
}

function AllVersions({ ctx, all }: { ctx: PrivacyContext; all: readonly Version[] }) {
  return (
    <Part id="versions" title={en.allVersions}>
      <ul>
        {all.map((version) => (
          <li>
            <Link href={`/privacy/versions/${version.version}`}>
              {en.version(version.version, ctx.web.dates.day(version.publishedAt))}
            </Link>
          </li>
        ))}
      </ul>
    </Part>
  )
}
